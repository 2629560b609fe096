-- One row per row of the log that can be used: a known user, a time in range, an event name.
-- content is kind_no and label_no in one number, which orders as the two do. The columns stand in
-- the order that breaks ties in time (section 0 of the method), for 20_steps.sql sorts by them as
-- they stand here; those that the input does not have are null. id_hash is there where ids come
-- again and the pass drops what repeats.
select
    streams.stream_no,
    log.at_us,
    log.sequence,
    content_of(kinds.kind_no, labels.label_no) as content,
    log.end_us,
    case when not is_none(log.device) then log.device end as device,
    log.event_id,
    log.received_at_us,
    log.variant,
    log.position,
    log.row_hash,
    list_transform(
        log.segments,
        lambda value: case when not is_none(value) then value end -- noqa: RF02
    ) as segments,
    case when getvariable('ids_repeat') and log.event_id is not null then hash(log.event_id) end
        as id_hash
from log
inner join labels
    on
        log.target = labels.target
        and (not is_mapped('context') or log.context = labels.context)
        and (not is_mapped('task') or log.task = labels.task)
inner join kinds on log.event = kinds.event and log.marks = kinds.marks
inner join streams
    on
        log.user_id = streams.user_id
        and (not is_mapped('stream') or log.stream = streams.stream)
where
    not is_set_aside(kinds.roles)
    and streams.stream_no is not null
    and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
