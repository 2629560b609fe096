-- One row per label: the element, context and task that an event names together.
-- label_no is their order, bytewise and null last, which breaks ties between events of one kind.
-- Columns that the log does not have are null here; empty text is how the log writes null.
with seen as (
    select distinct columns('^(target|context|task)$')
    from log
),

whole as (
    select * from seen
    union all by name
    select * from label_columns
),

elements as (
    select
        target,
        row_number() over (order by target)::integer as element_no
    from whole
    where target <> ''
    group by target
),

contexts as (
    select
        context,
        row_number() over (order by context)::integer as context_no
    from whole
    where context <> ''
    group by context
),

tasks as (
    select
        task,
        row_number() over (order by task)::integer as task_no
    from whole
    where task <> ''
    group by task
)

select
    whole.*,
    elements.element_no,
    contexts.context_no,
    tasks.task_no,
    row_number() over (
        order by
            elements.element_no nulls last,
            contexts.context_no nulls last,
            tasks.task_no nulls last
    )::integer as label_no
from whole
left join elements on whole.target = elements.target
left join contexts on whole.context = contexts.context
left join tasks on whole.task = tasks.task
