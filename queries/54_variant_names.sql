-- One row per variant that is usable and spelling of it; the most frequent spelling comes last.
-- variant is without case and outer blanks, name as it is spelt.
with usable as (
    select unnest(variants) as variant
    from variants
)

select
    variant,
    trim(event) as name
from assignment_pairs
where variant in (select usable.variant from usable)
group by variant, trim(event)
order by variant, sum(n), trim(event) desc
