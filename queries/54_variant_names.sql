-- One row per variant that is usable and spelling of it; the most frequent spelling comes last.
-- variant is without case and outer blanks, name as it is spelt.
with usable as (
    select unnest(variants) as variant
    from variants
)

select
    lower(trim(event)) as variant,
    trim(event) as name
from assignment_rows
where trim(event) <> '' and lower(trim(event)) in (select usable.variant from usable)
group by lower(trim(event)), trim(event)
order by lower(trim(event)), count(*), trim(event) desc
