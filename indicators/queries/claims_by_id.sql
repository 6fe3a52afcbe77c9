-- Figures by their ids, observed or not, with their publications.
select f.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language, s.collection
from (select * from observations union all by name select * from targets) f
join sources s using (source, vintage)
where figure_id in (select unnest($figures))
order by figure_id
