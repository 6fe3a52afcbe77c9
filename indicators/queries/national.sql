-- Every claim for some measures and areas as known now: of whole countries and groups, with all
-- partners or a group as partner, from the newest vintage of its source.
select *
from national
where measure in (select unnest($measures))
  and freq in (select unnest($freqs))
  and (len($areas) = 0 or ref_area in (select unnest($areas)))
order by measure, ref_area, period_end, figure_id
