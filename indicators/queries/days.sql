-- Days on which something became known of one measure, the newest first.
select distinct known_from as day
from claims
where measure = $measure
order by day desc
