-- Every figure that some collections state, observed or not, from the newest vintage of its source.
select f.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language, s.collection
from (select * from observations where kind = 'observed' union all by name select * from targets) f
join sources s using (source, vintage)
where s.collection in (select unnest($collections))
  and (source, vintage) in (from newest_vintages(date '9999-12-31'))
order by f.figure_id
