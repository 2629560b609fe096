-- One row per name of an element in the log: its number, bytewise and with none last.
-- Where every event has an element of its own, as many names as rows are put in order, and a number
-- over rows in order costs next to nothing. label_of_none is the number of none where it was chosen
-- before the names were known.
with ordered as (
    select target
    from seen_elements
    order by target = '', target
),

numbered as (
    select
        target,
        row_number() over () as label_no
    from ordered
)

select
    target,
    case when target = '' then coalesce(getvariable('label_of_none'), label_no) else label_no end
    ::integer as label_no
from numbered
