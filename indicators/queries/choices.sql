-- What one measure can be asked for: figures of each area, sector, sex and partner, and their years.
select ref_area, sector, sex, counterpart_area, count(*) as figures,
    min(year(period_end)) as first, max(year(period_end)) as last
from national
where measure = $measure
  and freq in (select unnest($freqs))
  and obs_low is not null
group by ref_area, sector, sex, counterpart_area
order by ref_area, sector, sex, counterpart_area
