-- Plans, targets, forecasts and scenarios of one area, as known on a day.
select t.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language
from targets t
join sources s using (source, vintage)
where t.ref_area = $area
  and (source, vintage) in (from newest_vintages($as_of))
order by t.measure, t.sector, t.period_end, t.figure_id
