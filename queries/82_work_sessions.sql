-- One row per session: the events of a user between gaps longer than threshold.
-- Windows go by instants alone, so that the order of rows which share one does not matter.
with stamped as (
    select
        user_id,
        at_us,
        is_productive,
        is_completing,
        lag(at_us) over (partition by user_id order by at_us) as before_us
    from work_events
),

numbered as (
    select
        user_id,
        at_us,
        is_productive,
        is_completing,
        sum(case when at_us - before_us <= getvariable('threshold_us') then 0 else 1 end)
            over (partition by user_id order by at_us)
            as session_no
    from stamped
)

select
    user_id,
    session_no,
    min(at_us) as start_us,
    max(at_us) as end_us,
    max(case when is_productive then at_us end) as worked_us,
    max(case when is_completing then at_us end) as completed_us,
    min(case when is_productive then at_us end) as first_work_us,
    min(case when is_completing and not is_productive then at_us end) as exit_us
from numbered
group by user_id, session_no
