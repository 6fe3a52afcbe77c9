-- What the register and the table of aims hold of one collection: whatever can move a headline or a target.
select s.source, s.vintage, s.authority, s.published_on, s.known_from,
       t.figure_id, t.obs_value, t.obs_low, t.obs_high, t.hedge, t.unit_measure, t.obs_status, t.kind,
       t.time_period, t.correction
from sources s
left join targets t using (source, vintage)
where s.collection = $collection
order by s.source, s.vintage, t.figure_id
