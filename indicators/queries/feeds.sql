-- What one collection feeds: figures and gaps by measure, sector and area, with their span and kinds.
select o.measure, o.sector, o.ref_area, count(*) filter (where o.obs_low is not null) as figures,
       count(*) filter (where o.obs_low is null) as missing,
       min(year(o.period_end)) as first, max(year(o.period_end)) as last
from (select * from observations union all select * from targets) o
join sources s using (source, vintage)
where s.collection = $collection
group by all
order by o.measure, o.sector, o.ref_area
