-- Each publication with the number of figures it stated.
select s.*, coalesce(n.figures, 0) as figures
from sources s
left join (
    select source, vintage, count(*) as figures
    from (select source, vintage from observations union all select source, vintage from targets)
    group by source, vintage
) n using (source, vintage)
order by s.collection, s.source
