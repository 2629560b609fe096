-- One row per event column and text in it that programs write for null, the most frequent first:
-- its rows.
with named as (
    select
        event,
        target,
        context,
        task,
        device
    from log
    where is_none(event) or is_none(target) or is_none(context) or is_none(task) or is_none(device)
),

texts as (
    select
        unnest(['event', 'target', 'context', 'task', 'device']) as event_column,
        unnest([event, target, context, task, device]) as text
    from named
)

select
    event_column,
    text,
    count(*) as n
from texts
where text <> '' and is_none(text)
group by event_column, text
order by n desc, event_column asc, text asc
