-- Days on which something became known of each measure, the newest first.
select distinct measure, known_from as day
from national
order by measure, day desc
