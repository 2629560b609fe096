-- One row per label of a log with neither contexts nor tasks: an element, or none.
-- The columns and numbers of 13_labels.sql: there is one label for each element, so one number does
-- for both, and nothing is joined; what is the same for all is not stored.
select
    target,
    ''::varchar as context,
    ''::varchar as task,
    case when not is_none(target) then label_no end as element_no,
    null::integer as context_no,
    null::integer as task_no,
    label_no
from elements_in_order
