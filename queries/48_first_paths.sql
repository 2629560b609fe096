-- One row per interruption: the kind of the first event after it and that of the first productive
-- one, which is 0 where none came within the cap.
select
    replays.user_no,
    kind_of(replays.return_content) as first_kind,
    case when is_reached(replays.lag_us) then kind_of(replays.work_content) else 0 end as work_kind,
    coalesce(replays.lag_us, 1) = 0 as at_once
from replays
where replays.is_interruption and replays.eligible
