-- What targets of one area can be held against, regions included, as known on a day.
select *
from claims
where ref_area = $area
  and measure in (select unnest($measures))
  and (source, vintage) in (
      select (source, arg_max(vintage, known_from)) from sources where known_from <= $as_of group by source
  )
order by measure, sector, region, period_end, figure_id
