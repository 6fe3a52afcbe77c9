-- What there is of each measure, sector and area.
select * from coverage order by measure, sector, ref_area
