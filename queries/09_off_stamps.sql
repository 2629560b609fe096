-- One row per user, stamp and time of arrival whose delay is far from the user's usual one.
-- corrected_us is the stamp with the usual delay. Rows that arrive late within seconds of another
-- late row, their stamps further apart than their arrivals, waited in an offline buffer: their
-- stamps are right.
with off as (
    select
        log.user_id,
        log.at_us,
        log.received_at_us,
        log.received_at_us - usual_delays.usual_us as corrected_us,
        log.received_at_us - usual_delays.usual_us > log.at_us as is_late,
        count(*) as n
    from log
    inner join usual_delays on log.user_id = usual_delays.user_id
    where
        log.received_at_us is not null
        and log.at_us >= getvariable('clock_from_us')
        and log.at_us < getvariable('clock_before_us')
        and abs(log.received_at_us - usual_delays.usual_us - log.at_us)
        > getvariable('clock_off_us')
    group by log.user_id, log.at_us, log.received_at_us, usual_delays.usual_us
),

beside as (
    select
        *,
        abs(at_us - lag(at_us) over arrivals) as stamps_before_us,
        received_at_us - lag(received_at_us) over arrivals as arrivals_before_us,
        abs(lead(at_us) over arrivals - at_us) as stamps_after_us,
        lead(received_at_us) over arrivals - received_at_us as arrivals_after_us
    from off
    window arrivals as (partition by user_id, is_late order by received_at_us, at_us)
)

select
    user_id,
    at_us,
    received_at_us,
    corrected_us,
    n,
    is_late
    and (
        coalesce(is_buffered(stamps_before_us, arrivals_before_us), false)
        or coalesce(is_buffered(stamps_after_us, arrivals_after_us), false)
    ) as is_buffered
from beside
