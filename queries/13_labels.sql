-- One row per label: the element, context and task that an event names together.
-- label_no is their order, bytewise and null last, which breaks ties between events of one kind.
-- Empty text, and texts for null, are how the log writes that there is none. There may be as many
-- elements as rows, so both their numbers and the labels' come out of one sort, by the names as
-- they stand: an expression of a name would be a second copy of it.
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

contexts as (
    select
        context,
        row_number() over (order by context)::integer as context_no
    from seen
    where not is_none(context)
    group by context
),

tasks as (
    select
        task,
        row_number() over (order by task)::integer as task_no
    from seen
    where not is_none(task)
    group by task
),

ordered as (
    select
        *,
        dense_rank() over (order by is_none(target), target) as element_no,
        row_number() over (
            order by
                is_none(target),
                target,
                is_none(context),
                context,
                is_none(task),
                task
        )::integer as label_no
    from seen
)

select
    ordered.target,
    ordered.context,
    ordered.task,
    case when not is_none(ordered.target) then ordered.element_no::integer end as element_no,
    contexts.context_no,
    tasks.task_no,
    ordered.label_no
from ordered
left join contexts on ordered.context = contexts.context
left join tasks on ordered.task = tasks.task
