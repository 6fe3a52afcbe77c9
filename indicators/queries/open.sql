-- Once at opening: every observed figure beside its publication, sorted as questions ask.
create table claims as
select o.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language, s.collection
from observations o
join sources s using (source, vintage)
where o.kind = 'observed'
order by o.measure, o.ref_area, o.period_end, o.figure_id
