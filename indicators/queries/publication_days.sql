-- The days on which each publisher stated each measure of one area, whatever the edition.
select measure, publisher, list(distinct published_on order by published_on) as days
from claims
where ref_area = $area
  and measure in (select unnest($measures))
  and published_on is not null
group by measure, publisher
order by measure, publisher
