-- Of one measure of one area: how many claims there are for each sector and region.
select sector, region, count(*) as claims
from observations
semi join (select source, arg_max(vintage, known_from) as vintage from sources group by source) using (source, vintage)
where ref_area = $area
  and kind = 'observed'
  and measure = $measure
group by sector, region
order by sector, region
