-- One row per row of the log as it was given, stamps that are far off moved to the usual delay.
select
    log_as_given.* replace (
        coalesce(off_stamps.corrected_us, log_as_given.at_us) as at_us,
        coalesce(
            log_as_given.end_us + off_stamps.corrected_us - log_as_given.at_us,
            log_as_given.end_us
        ) as end_us
    )
from log_as_given
left join off_stamps
    on
        log_as_given.user_id = off_stamps.user_id
        and log_as_given.at_us = off_stamps.at_us
        and log_as_given.received_at_us = off_stamps.received_at_us
        and not off_stamps.is_buffered
