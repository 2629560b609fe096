-- One row per user, day since the launch and kind of return: followed-up returns and their waits.
-- Days are 24 hours long and counted from the launch; those before it are below 0. is_due says that
-- the marker is due at such a return; at the others, whose stop was no interruption, it is never
-- shown. Waits count up to the primary cap. log_gaps sums the natural logarithms of their gaps, of
-- at most longest_gap_us, each in whole millionths: such a sum does not depend on its order.
-- first_us is the user's first event in the log.
with seen as (
    select
        streams.user_no,
        min(stream_stats.first_us) as first_us
    from streams
    inner join stream_stats on streams.stream_no = stream_stats.stream_no
    where stream_stats.events > 0
    group by streams.user_no
),

counted as (
    select
        streams.user_no,
        floor((lags.return_us - getvariable('launch_us')) / getvariable('day_us'))::integer as day,
        lags.is_interruption as is_due,
        count(*) as returns,
        sum(least(lags.reorientation_us, getvariable('primary_cap_us')))::bigint as waited_us,
        sum(
            round(1000000 * ln(least(lags.gap_us, getvariable('longest_gap_us'))))::bigint
        )::bigint as log_gaps
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    where lags.eligible and lags.reason <> 'unknown'
    group by all
)

select
    counted.user_no,
    counted.day,
    counted.is_due,
    counted.returns,
    counted.waited_us,
    counted.log_gaps,
    seen.first_us
from counted
inner join seen on counted.user_no = seen.user_no
order by counted.user_no, counted.day, counted.is_due
