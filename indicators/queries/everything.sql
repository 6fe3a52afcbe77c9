-- Every figure of the release, then every target and plan, in the order of its files: of all editions of the
-- publications, or of the newest of each ($newest). `value` is the number as an answer gives it.
select * exclude (obs_value, published_on, retrieved_on), obs_value::double as "value",
       obs_low as low, obs_high as high, year(period_end)::bigint as "year"
from (select * from observations union all by name select * from targets)
where not $newest
   or (source, vintage) in (select (source, arg_max(vintage, known_from)) from sources group by source)
