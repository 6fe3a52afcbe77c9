-- Every claim about whole countries and groups for some measures and areas, from the newest vintage of
-- its source: what the headlines of their cells are chosen from.
select *
from claims
where measure in (select unnest($measures))
  and ref_area in (select unnest($areas))
  and region = '_T'
  and (source, vintage) in (from newest_vintages(date '9999-12-31'))
order by measure, ref_area, figure_id
