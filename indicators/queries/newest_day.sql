-- The newest day of which this release knows anything.
select max(known_from) as day from sources
