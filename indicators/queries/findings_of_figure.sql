-- Findings about one figure, and statements withheld because they repeat it.
select f.*, s.publisher, s.title, s.address, s.published_on, s.language
from findings f
join sources s using (source, vintage)
where f.figure_id = $figure_id or f.refers_to = $figure_id
order by f.kind, f.figure_id
