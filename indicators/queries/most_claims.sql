-- An upper bound of the claims that one cell of an answer can have, whatever is measured: all editions together.
select max(claims) as claims
from (select count(*) as claims from observations
      group by ref_area, counterpart_area, sector, sex, freq, time_period)
