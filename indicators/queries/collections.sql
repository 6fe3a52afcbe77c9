-- Each collection with its account of rows and its own publication.
select a.*, s.vintage, s.publisher, s.title, s.address, s.published_on, s.retrieved_on, s.licence,
       s.authority, s.language, s.remark,
       (select count(*) from sources p where p.collection = a.collection) as publications
from account a
join sources s on s.source = a.collection
order by a.rows_in desc
