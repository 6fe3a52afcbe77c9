-- One page of the claims of one measure of one area, the newest first, with the others of their cells,
-- which have no place on this page. Region: one, '' for all, or '*' for all parts of the area.
with newest as (
    select source, arg_max(vintage, known_from) as vintage from sources group by source
),
placed as (
    select figure_id, region, counterpart_area, sector, sex, time_period, row_number() over (
        order by period_end desc nulls last, time_period, list_position($sectors, sector), region <> '_T', region,
                 sex <> '_T', counterpart_area, figure_id
    ) as place
    from observations
    semi join newest using (source, vintage)
    where ref_area = $area
      and kind = 'observed'
      and measure = $measure
      and ($sector = '' or sector = $sector)
      and ($region = '' or region = $region or ($region = '*' and region <> '_T'))
),
page as (
    from placed where place > $after and place <= $after + $rows
)
select c.*, p.place
from claims c
semi join newest using (source, vintage)
semi join page using (region, counterpart_area, sector, sex, time_period)
left join page p using (figure_id)
where c.ref_area = $area
  and c.measure = $measure
order by p.place nulls last, c.figure_id
