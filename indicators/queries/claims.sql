-- Every claim for some measures and areas, of the whole country and both observed and stated by
-- the vintage of its source that was the newest on a day.
select *
from claims
where list_contains($measures, measure)
  and (len($areas) = 0 or list_contains($areas, ref_area))
  and region = '_T'
  and (source, vintage) in (
      select (source, arg_max(vintage, known_from)) from sources where known_from <= $as_of group by source
  )
order by measure, ref_area, period_end, figure_id
