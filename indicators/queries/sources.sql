-- Every publication, without counting its figures.
select * from sources order by source, vintage
