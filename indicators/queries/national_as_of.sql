-- The same as national.sql, as it was known on a day: from the vintage of each source that was the
-- newest then.
select *
from claims
where measure in (select unnest($measures))
  and freq in (select unnest($freqs))
  and (len($areas) = 0 or ref_area in (select unnest($areas)))
  and region = '_T'
  and not (list_contains($countries, counterpart_area))
  and (source, vintage) in (
      select (source, arg_max(vintage, known_from)) from sources where known_from <= $as_of group by source
  )
order by measure, ref_area, period_end, figure_id
