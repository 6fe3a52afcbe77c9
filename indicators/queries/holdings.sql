-- Everything observed about one area, its regions included, as known on a day.
select *
from claims
where ref_area = $area
  and (source, vintage) in (
      select (source, arg_max(vintage, known_from)) from sources where known_from <= $as_of group by source
  )
order by measure, sector, region, sex, period_end desc, figure_id
