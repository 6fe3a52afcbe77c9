-- The first claims of each measure of one area in the order of a page, and all others of their cells.
-- Only what orders them is ranked, and read once; the rest of a row is read for the few that are shown.
with newest as (
    select source, arg_max(vintage, known_from) as vintage from sources group by source
),
own as materialized (
    select measure, region, counterpart_area, sector, sex, time_period, period_end, obs_value, obs_status, figure_id
    from observations
    semi join newest using (source, vintage)
    where ref_area = $area
      and kind = 'observed'
      and not list_contains($details, measure)
),
-- Of parts there may be hundreds of thousands: only the sectors and periods of the first of them are ordered.
counted as (
    select measure, obs_status = 'U' as doubtful, sector, period_end, count(*) as claims
    from own
    where region <> '_T'
    group by all
),
parts as (
    select *, sum(claims) over (
        partition by measure, doubtful order by sector = '_T', sector, period_end desc nulls last
    ) - claims as before
    from counted
),
shown as (
    select measure, region, counterpart_area, sector, sex, time_period
    from own
    where region = '_T'
    qualify row_number() over (
        partition by measure, sector = '_T', obs_status = 'U'
        order by period_end desc nulls last, list_position($sectors, sector), sex <> '_T', counterpart_area,
                 time_period, figure_id
    ) <= $first
    union
    select o.measure, region, counterpart_area, o.sector, sex, time_period
    from own o
    join parts p
      on p.before < $regions
     and o.measure = p.measure
     and o.sector = p.sector
     and o.period_end is not distinct from p.period_end
     and (o.obs_status = 'U') is not distinct from p.doubtful
    where region <> '_T'
    qualify row_number() over (
        partition by o.measure, obs_status = 'U'
        order by o.sector = '_T', o.sector, o.period_end desc nulls last, obs_value desc nulls last, figure_id
    ) <= $regions
)
select c.*
from claims c
semi join newest using (source, vintage)
semi join shown using (measure, region, counterpart_area, sector, sex, time_period)
where c.ref_area = $area
order by c.measure, c.sector, c.region, c.sex, c.period_end desc, c.figure_id
