-- What each measure can be asked for: figures of each area, sector, sex and partner, and their years.
select measure, freq, ref_area, sector, sex, counterpart_area, count(*) as figures,
    min(year(period_end)) as first, max(year(period_end)) as last
from national
where obs_low is not null
group by measure, freq, ref_area, sector, sex, counterpart_area
order by measure, freq, ref_area, sector, sex, counterpart_area
