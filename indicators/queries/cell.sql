-- All claims for the cell of one figure, itself included; money in any currency is one cell.
select o.*
from claims o
join claims f on f.figure_id = $figure_id
  and o.measure = f.measure and o.ref_area = f.ref_area and o.region = f.region
  and o.counterpart_area = f.counterpart_area and o.sector = f.sector and o.sex = f.sex
  and o.time_period = f.time_period
order by o.figure_id
