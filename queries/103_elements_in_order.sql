-- One row per name of an element in the log: its number, bytewise and with none last.
-- Where every event has an element of its own, as many names as rows are put in order, and a number
-- over rows in order costs next to nothing. label_of_none is the number of none where it was chosen
-- before the names were known.
with ordered as (
    select target
    from seen_elements
    order by is_none(target), target
),

numbered as (
    select
        target,
        row_number() over () as label_no
    from ordered
)

select
    target,
    coalesce(case when is_none(target) then getvariable('label_of_none') end, label_no)::integer
        as label_no
from numbered
