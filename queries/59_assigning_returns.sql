-- One row per user of the trial whose assignment a return made: the return.
-- Trackers write an assignment a moment after the first event back.
select
    assigned.assigned_no,
    max(lags.return_us) as return_us
from assigned
inner join streams on assigned.user_no = streams.user_no
inner join lags on streams.stream_no = lags.stream_no
where
    lags.return_us < assigned.assigned_us
    and lags.return_us >= assigned.assigned_us - getvariable('assigned_at_return_us')
group by assigned.assigned_no
