-- Every statement for some measures and areas, all vintages and texts, in the order in which they
-- could be known.
select *
from claims
where measure in (select unnest($measures))
  and ref_area in (select unnest($areas))
  and region = '_T'
  and obs_low is not null
  and known_from <= $as_of
order by measure, ref_area, sector, sex, counterpart_area, period_end, time_period, publisher, known_from, figure_id
