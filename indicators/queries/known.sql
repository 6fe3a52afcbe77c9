-- From when something could be known of some measures and areas, and how much by a day.
select min(known_from) as first, count(*) filter (where known_from <= $as_of) as figures
from claims
where measure in (select unnest($measures))
  and (len($areas) = 0 or ref_area in (select unnest($areas)))
  and obs_low is not null
