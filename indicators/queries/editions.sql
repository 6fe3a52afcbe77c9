-- Every publication, and whether it is the newest edition of its source.
select *, vintage = arg_max(vintage, known_from) over (partition by source) as is_newest
from sources
order by source, vintage
