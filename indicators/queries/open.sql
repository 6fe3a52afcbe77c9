-- Once at opening. `national` is the summary that answers are made of, beside its publications, in
-- memory and sorted as questions ask; `claims` reads every observed figure from the release's files.
create table national as
select o.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language, s.collection
from national_figures o
join sources s using (source, vintage)
order by o.measure, o.ref_area, o.period_end, o.figure_id;

drop table national_figures;

create macro newest_vintages(day) as table
select (source, arg_max(vintage, known_from)) as newest
from sources
where known_from <= day
group by source;

create view claims as
select o.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language, s.collection
from observations o
join sources s using (source, vintage)
where o.kind = 'observed'
