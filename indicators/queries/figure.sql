-- One figure by its id, observed or not, with its publication.
select f.*, s.publisher, s.cites, s.authority, s.title, s.address, s.known_from, s.language,
       s.licence, s.remark, s.collection
from (
    select * from observations where figure_id = $figure_id
    union all
    select * from targets where figure_id = $figure_id
) f
join sources s using (source, vintage)
