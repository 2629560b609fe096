-- One row per user of the trial and column of the log that may be what was assigned at random.
-- shared_places: of context, task, device and the columns of --by, in this order, those to look at.
-- value is null where the user has more than one.
with places as (
    select unnest(getvariable('shared_places')) as place
),

seen as (
    select
        assigned.assigned_no,
        places.place,
        list_concat([log.context, log.task, log.device], log.segments)[places.place] as value
    from log
    inner join assigned on log.user_id = assigned.user_id
    cross join places
)

select
    assigned_no,
    place,
    case when min(value) = max(value) then min(value) end as value
from seen
where not is_blank(value)
group by assigned_no, place
order by place, assigned_no
