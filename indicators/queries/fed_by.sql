-- The collections that have figures of some measures and sectors, those with the most first.
select s.collection, any_value(c.title) as title, any_value(c.language) as language,
       count(*) as figures, count(distinct o.ref_area) as areas,
       min(year(o.period_end)) as first, max(year(o.period_end)) as last
from observations o
join sources s using (source, vintage)
left join sources c on c.source = s.collection and c.collection = s.collection
where list_contains($measures, o.measure) and list_contains($sectors, o.sector) and o.obs_low is not null
group by s.collection
order by figures desc, s.collection
