-- How many claims there are of a measure in each area: the size of an answer before it is made.
select ref_area, count(*) as claims
from national
where measure = $measure and freq in (select unnest($freqs))
group by ref_area
order by ref_area
