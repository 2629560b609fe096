-- One row per arm: markers shown from the assignment on, and at which returns they were.
-- A marker belongs to the latest return of its user, unless that visit ended over a threshold ago;
-- of two streams that came back at one instant, to the one that came from an interruption.
-- returns_shown are those from the assignment on; users are those who saw one, first_elsewhere
-- those whose first one was at no such return. soon_us: by then a tenth of the users had seen the
-- first marker at such a return, counted from the return. first_visit are those before the user's
-- first return in the log, which does not show what came before.
with rule_returns as (
    select
        assigned.assigned_no,
        lags.return_us,
        lags.return_us >= assigned.assigned_us as is_after,
        max(coalesce(lags.next_stop_us + getvariable('threshold_us'), never())) filter (
            where lags.is_interruption
        ) as until_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    inner join assigned on streams.user_no = assigned.user_no
    group by
        assigned.assigned_no,
        lags.return_us,
        lags.return_us >= assigned.assigned_us
),

shown as (
    select
        assigned.assigned_no,
        assigned.is_treated,
        log.at_us
    from log
    inner join assigned on log.user_id = assigned.user_id
    where
        list_contains(getvariable('shown_names'), log.event)
        and log.at_us >= assigned.assigned_us
        and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
),

placed as (
    select
        shown.is_treated,
        shown.assigned_no,
        shown.at_us,
        rule_returns.return_us,
        rule_returns.is_after,
        coalesce(shown.at_us <= rule_returns.until_us, false) as at_rule,
        row_number() over (partition by shown.assigned_no order by shown.at_us) = 1 as is_first
    from shown
    asof left join rule_returns
        on
            shown.assigned_no = rule_returns.assigned_no
            and shown.at_us >= rule_returns.return_us
)

select
    is_treated,
    count(*) as shown,
    count(*) filter (where at_rule) as at_rule,
    count(distinct row(assigned_no, return_us)) filter (where at_rule and is_after)
        as returns_shown,
    count(*) filter (where is_first) as users,
    count(*) filter (where is_first and not at_rule) as first_elsewhere,
    quantile_disc(at_us - return_us, getvariable('showing_percent') / 100) filter (
        where is_first and at_rule and is_after
    ) as soon_us,
    count(*) filter (where return_us is null) as first_visit
from placed
group by is_treated
order by is_treated
