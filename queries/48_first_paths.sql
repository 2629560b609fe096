-- One row per user and path back: the first event after an interruption and the first productive
-- one, which is null where none came within the cap, with how many interruptions went on so.
select
    replays.user_no,
    return_kind.event as first_event,
    work_kind.event as work_event,
    coalesce(lags.lag_us, 1) = 0 as at_once,
    count(*) as n
from lags
inner join replays on lags.burst_no = replays.burst_no
inner join kinds as return_kind on kind_of(replays.return_content) = return_kind.kind_no
left join kinds as work_kind
    on is_reached(lags.lag_us) and kind_of(replays.work_content) = work_kind.kind_no
where lags.is_interruption and lags.eligible
group by all
