-- Claims of no stated period that speak of the same thing as one figure.
select o.*
from claims o
join claims f on f.figure_id = $figure_id
  and o.measure = f.measure and o.ref_area = f.ref_area and o.region = f.region
  and o.sector = f.sector and o.sex = f.sex
where o.time_period = '_X' and f.time_period <> '_X'
order by o.figure_id
