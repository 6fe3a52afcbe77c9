-- What targets of one area can be held against, regions included, as known on a day.
select *
from claims
where ref_area = $area
  and measure in (select unnest($measures))
  and (source, vintage) in (from newest_vintages($as_of))
order by measure, sector, region, period_end, figure_id
