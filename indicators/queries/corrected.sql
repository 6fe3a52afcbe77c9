-- Figures of a collection that are corrected: as printed, as it stands now, and why.
select o.*, s.publisher, s.cites, s.authority, s.title, s.language, s.collection
from (select * from observations union all select * from targets) o
join sources s using (source, vintage)
where s.collection = $collection and o.correction is not null
order by o.figure_id
