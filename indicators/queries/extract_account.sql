-- How much is observed about one area: figures of each measure, apart for regions, for the whole economy
-- and for those in doubt; not measures of which there is a figure a day.
select measure, region = '_T' as whole, sector = '_T' as economy, obs_status = 'U' as doubtful,
       count(*) as claims, count(obs_low) as figures, list(distinct source) as sources
from observations
semi join (select source, arg_max(vintage, known_from) as vintage from sources group by source) using (source, vintage)
where ref_area = $area
  and kind = 'observed'
  and not list_contains($details, measure)
group by all
order by measure, whole, economy, doubtful
