-- One row per label that work stopped at, came back to or went on at: its names, null for none.
-- The column is label_no, in whose order they stand.
with returned as (
    select label_of(stop_content) as label_no from replays
    union
    select label_of(return_content) as label_no from replays
    union
    select label_of(work_content) as label_no from replays
)

select
    labels.label_no,
    case when labels.element_no is not null then labels.target end as target,
    case when labels.context_no is not null then labels.context end as context
from labels
where labels.label_no in (select returned.label_no from returned)
order by labels.label_no
