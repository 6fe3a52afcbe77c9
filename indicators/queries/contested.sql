-- Every claim of the cells for which there is more than one claim of a stated period with a value, from
-- the newest vintage of each source; not measures of which there is a figure a day.
with newest as (
    select *
    from claims
    where (source, vintage) in (from newest_vintages(date '9999-12-31'))
      and not list_contains($details, measure)
      and obs_low is not null
      and time_period <> '_X'
)
select n.*
from newest n
semi join (
    select measure, ref_area, region, counterpart_area, sector, sex, time_period
    from newest
    group by all
    having count(*) > 1
) using (measure, ref_area, region, counterpart_area, sector, sex, time_period)
order by measure, ref_area, region, counterpart_area, sector, sex, time_period, figure_id
