-- One row per user of the trial and column that may be what was assigned at random: its value.
-- known_in: the log or the assignments. shared_places: of context, task, device and the columns of
-- --by, in this order, those of the log to look at; beside_places: places of the other columns of
-- the assignments in their segments. value is null where the user has more than one.
with shared as (
    select unnest(getvariable('shared_places')) as place
),

beside as (
    select unnest(getvariable('beside_places')) as place
),

given as (
    -- Without other columns, the assignments have no segments.
    select
        null::varchar as user_id,
        null::varchar[] as segments
    where false
    union all by name
    select * from assignment_rows
),

seen as (
    select
        'log' as known_in,
        log.user_id,
        shared.place,
        list_concat([log.context, log.task, log.device], log.segments)[shared.place] as value
    from log
    cross join shared
    union all
    select
        'assignments' as known_in,
        given.user_id,
        beside.place,
        given.segments[beside.place] as value
    from given
    cross join beside
)

select
    assigned.assigned_no,
    seen.known_in,
    seen.place,
    case when is_single(seen.value) then min(seen.value) end as value
from seen
inner join assigned on seen.user_id = assigned.user_id
where not is_blank(seen.value) and not is_none(seen.value)
group by assigned.assigned_no, seen.known_in, seen.place
order by seen.known_in desc, seen.place asc, assigned.assigned_no asc
