-- One row per interruption: the kind of the first event after it and that of the first productive
-- one, which is 0 where none came within the cap.
select
    replays.user_no,
    kind_of(replays.return_content) as first_kind,
    case when is_reached(lags.lag_us) then kind_of(replays.work_content) else 0 end as work_kind,
    coalesce(lags.lag_us, 1) = 0 as at_once
from lags
inner join replays on lags.burst_no = replays.burst_no
where lags.is_interruption and lags.eligible
