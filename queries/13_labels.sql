-- One row per label: the element, context and task that an event names together.
-- label_no is their order, bytewise and null last, which breaks ties between events of one kind.
-- Empty text is how the log writes that there is none.
with mapped as (
    select distinct
        columns(
            lambda name: name = 'target' or (name in ('context', 'task') and is_mapped(name))
        )
    from log
),

whole as (
    select
        target,
        context,
        task
    from no_rows
    union all by name
    select * from mapped
),

seen as (
    select
        target,
        coalesce(context, '') as context,
        coalesce(task, '') as task
    from whole
),

elements as (
    select
        target,
        row_number() over (order by target)::integer as element_no
    from seen
    where target <> ''
    group by target
),

contexts as (
    select
        context,
        row_number() over (order by context)::integer as context_no
    from seen
    where context <> ''
    group by context
),

tasks as (
    select
        task,
        row_number() over (order by task)::integer as task_no
    from seen
    where task <> ''
    group by task
)

select
    seen.*,
    elements.element_no,
    contexts.context_no,
    tasks.task_no,
    row_number() over (
        order by
            elements.element_no nulls last,
            contexts.context_no nulls last,
            tasks.task_no nulls last
    )::integer as label_no
from seen
left join elements on seen.target = elements.target
left join contexts on seen.context = contexts.context
left join tasks on seen.task = tasks.task
