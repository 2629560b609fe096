-- One row per user of the trial with a stop after the assignment that the log follows for a day:
-- such stops and those that the user came back from within the day; the same of a week.
select
    assigned.assigned_no,
    count(*) as followed_1d,
    count(*) filter (
        where stops.return_us - stops.stop_us <= getvariable('soon_us')
    ) as returned_1d,
    count(*) filter (where is_followed_up(stops.stop_us, stops.log_end_us)) as followed_7d,
    count(*) filter (
        where
        is_followed_up(stops.stop_us, stops.log_end_us)
        and is_back_in_time(stops.stop_us, stops.return_us)
    ) as returned_7d
from assigned
inner join streams on assigned.user_no = streams.user_no
inner join stops on streams.stream_no = stops.stream_no
where
    is_rated(stops.reason)
    and stops.stop_us >= assigned.assigned_us
    and stops.stop_us + getvariable('soon_us') <= stops.log_end_us
group by assigned.assigned_no
