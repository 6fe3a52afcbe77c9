-- Every statement of which its publisher made another for the same cell: all vintages and texts.
with said as (
    select * from claims
    where region = '_T' and obs_low is not null and time_period <> '_X'
      and not list_contains($details, measure)
)
select n.*
from said n
semi join (
    select measure, ref_area, counterpart_area, sector, sex, time_period, publisher, unit_measure
    from said
    group by all
    having count(*) > 1
) using (measure, ref_area, counterpart_area, sector, sex, time_period, publisher, unit_measure)
order by measure, ref_area, sector, sex, counterpart_area, period_end, time_period, publisher, known_from, figure_id
