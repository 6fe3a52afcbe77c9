-- Areas for which somebody states a target, a plan, a forecast or a scenario.
select distinct ref_area from targets order by ref_area
