-- One row per stream: when its user was assigned, null where the user is not in the trial.
select
    streams.stream_no,
    assigned.assigned_us
from streams
left join assigned on streams.user_no = assigned.user_no
where streams.stream_no is not null
order by streams.stream_no
