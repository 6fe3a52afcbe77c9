-- All findings, withheld rows first.
select f.*, s.publisher, s.title, s.language
from findings f
join sources s using (source, vintage)
order by f.fate desc, f.kind, f.figure_id
