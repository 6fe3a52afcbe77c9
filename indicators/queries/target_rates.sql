-- Rates of exchange for the targets of one area: its own and those of the currencies they are set in.
select *
from claims
where measure = 'exchange_rate'
  and (ref_area = $area or unit_measure in (select unnest($currencies)))
  and (source, vintage) in (from newest_vintages($as_of))
order by ref_area, period_end, figure_id
