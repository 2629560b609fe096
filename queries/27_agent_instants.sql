-- One row per event of an assistant or automation in the sampled streams: when it happened.
select
    streams.stream_no,
    log.at_us
from log
inner join kinds on log.event = kinds.event and log.marks = kinds.marks
inner join streams on log.user_id = streams.user_id and log.stream = streams.stream
where
    is_agent(kinds.roles)
    and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
    and streams.stream_no in (select unnest(getvariable('sampled_streams')))
order by streams.stream_no, log.at_us
