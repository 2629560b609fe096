-- One row: markers shown before the launch and from it on, and at which returns they were.
-- A marker belongs to the latest return of its user, unless that visit ended over a threshold ago.
-- at_due: that return came from an interruption; at_control: it did not, so that no marker was due.
-- due_returns are followed-up interruptions from the launch on, due_shown those with a marker.
with visits as (
    select
        streams.user_id,
        lags.return_us,
        bool_or(lags.is_interruption) as is_due,
        bool_or(lags.eligible and lags.is_interruption) as is_followed,
        max(coalesce(lags.next_stop_us + getvariable('threshold_us'), never())) as until_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    group by streams.user_id, lags.return_us
),

shown as (
    select
        user_id,
        at_us,
        at_us >= getvariable('launch_us') as is_after
    from log
    where
        list_contains(getvariable('shown_names'), event)
        and at_us between getvariable('earliest_us') and getvariable('latest_us')
),

placed as (
    select
        shown.user_id,
        shown.is_after,
        visits.return_us,
        visits.is_due,
        visits.is_followed,
        shown.at_us <= visits.until_us as is_within
    from shown
    asof left join visits
        on shown.user_id = visits.user_id and shown.at_us >= visits.return_us
)

select
    count(*) filter (where is_after) as shown,
    count(*) filter (where is_after and is_within and is_due) as at_due,
    count(*) filter (where is_after and is_within and not is_due) as at_control,
    count(*) filter (where not is_after) as shown_before,
    count(distinct user_id) filter (where not is_after) as users_before,
    count(distinct row(user_id, return_us)) filter (
        where is_after and is_within and is_followed and return_us >= getvariable('launch_us')
    ) as due_shown,
    (
        select count(*)
        from visits as every_visit
        where every_visit.is_followed and every_visit.return_us >= getvariable('launch_us')
    ) as due_returns
from placed
