-- What there is of measures, areas and sectors (none named = all) year by year, regions left out, from the newest
-- vintage of each source: figures with a value, publishers of the cell that most speak of, and every other way to be there.
with stated as (
    select o.*, s.publisher
    from (select * from observations union all select * from targets) o
    join sources s using (source, vintage)
    where o.region = '_T'
      and not list_contains($details, o.measure)
      and (len($measures) = 0 or list_contains($measures, o.measure))
      and (len($areas) = 0 or list_contains($areas, o.ref_area))
      and (len($sectors) = 0 or list_contains($sectors, o.sector))
      and (o.source, o.vintage) in (from newest_vintages(date '9999-12-31'))
), cells as (
    select measure, sector, ref_area, year(period_end) as year, time_period, counterpart_area, sex,
           count(*) filter (where kind = 'observed' and obs_low is not null and obs_status <> 'U') as figures,
           count(distinct publisher) filter (where kind = 'observed' and obs_low is not null) as publishers,
           count(*) filter (where kind = 'observed' and obs_low is not null and obs_status = 'U') as doubtful,
           count(*) filter (where kind <> 'observed') as planned,
           count(*) filter (where obs_low is null and obs_status = 'Q') as suppressed,
           count(*) filter (where obs_low is null and obs_status = 'M') as not_applicable,
           count(*) filter (where obs_low is null and obs_status not in ('Q', 'M')) as not_available
    from stated
    group by all
)
select measure, sector, ref_area, year, sum(figures) as figures, max(publishers) as publishers,
       sum(doubtful) as doubtful, sum(planned) as planned, sum(suppressed) as suppressed,
       sum(not_applicable) as not_applicable, sum(not_available) as not_available
from cells
group by all
order by measure, sector, ref_area, year
