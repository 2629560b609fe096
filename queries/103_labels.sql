-- One row per label of a log with neither contexts nor tasks: an element, or none.
-- The columns and numbers of 13_labels.sql: there is one label for each element, so one number does
-- for both, and nothing is joined. Where every event has an element of its own, as many names as
-- rows are put in order, and a number over rows in order costs next to nothing.
with ordered as (
    select target
    from seen_elements
    order by target = '', target
),

numbered as (
    select
        target,
        row_number() over ()::integer as label_no
    from ordered
)

select
    target,
    ''::varchar as context,
    ''::varchar as task,
    case when target <> '' then label_no end as element_no,
    null::integer as context_no,
    null::integer as task_no,
    label_no
from numbered
