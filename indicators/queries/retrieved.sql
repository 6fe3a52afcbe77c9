-- The days on which some figures of one area were retrieved: two columns, for a row has forty.
select figure_id, retrieved_on
from observations
where ref_area = $area
  and figure_id in (select unnest($figures))
