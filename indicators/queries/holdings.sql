-- Everything observed about one area, its regions included, as known on a day; not measures of which
-- there is a figure a day.
select *
from claims
where ref_area = $area
  and not list_contains($details, measure)
  and (source, vintage) in (from newest_vintages($as_of))
order by measure, sector, region, sex, period_end desc, figure_id
