-- One row: markers shown before a user's launch and from it on, and at which returns they were.
-- A marker belongs to the latest return of its user, unless that visit ended over a threshold ago.
-- at_due: that return came from an interruption; at_control: it did not, so that no marker was due.
-- due_returns are followed-up interruptions from the launch on, due_shown those with a marker.
with visits as (
    select
        user_units.user_id,
        lags.return_us,
        lags.return_us >= user_units.launched_us as is_after,
        bool_or(lags.is_interruption) as is_due,
        bool_or(lags.eligible and lags.is_interruption) as is_followed,
        max(coalesce(lags.next_stop_us + getvariable('threshold_us'), never())) as until_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    inner join user_units on streams.user_no = user_units.user_no
    where user_units.is_named
    group by
        user_units.user_id,
        lags.return_us,
        user_units.launched_us
),

shown as (
    select
        log.user_id,
        log.at_us,
        coalesce(log.at_us >= user_units.launched_us, false) as is_after
    from log
    inner join user_units on log.user_id = user_units.user_id
    where
        list_contains(getvariable('shown_names'), log.event)
        and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
        and user_units.is_named
),

placed as (
    select
        shown.user_id,
        shown.is_after,
        visits.return_us,
        visits.is_due,
        visits.is_followed and visits.is_after as is_counted,
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
        where is_after and is_within and is_counted
    ) as due_shown,
    (
        select count(*)
        from visits as every_visit
        where every_visit.is_followed and every_visit.is_after
    ) as due_returns
from placed
