-- The same as national.sql, as it was known on a day: from the vintage of each source that was the
-- newest then.
select *
from claims
where measure in (select unnest($measures))
  and freq in (select unnest($freqs))
  and (len($areas) = 0 or ref_area in (select unnest($areas)))
  and region = '_T'
  and not (list_contains($countries, counterpart_area))
  and (source, vintage) in (from newest_vintages($as_of))
order by measure, ref_area, period_end, figure_id
