-- One row per name of an element in the log: its number, bytewise and with none last.
-- Where every event has an element of its own, as many names as rows are put in order, and a number
-- over rows in order costs next to nothing.
with ordered as (
    select target
    from seen_elements
    order by target = '', target
)

select
    target,
    row_number() over ()::integer as label_no
from ordered
