-- Plans, targets, forecasts and scenarios of one measure for some areas (none named = all), as known on a day.
select t.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language
from targets t
join sources s using (source, vintage)
where t.measure = $measure
  and (len($areas) = 0 or t.ref_area in (select unnest($areas)))
  and (source, vintage) in (from newest_vintages($as_of))
order by t.ref_area, t.sector, t.period_end, t.figure_id
