-- One row per threshold and return: how its wait for work went on, kept for every limit.
select
    getvariable('threshold_us')::bigint as threshold_us,
    sessions.first_burst_no as burst_no,
    lags.stream_no,
    lags.is_interruption,
    lags.eligible,
    lags.lag_us,
    is_reached(lags.lag_us) as is_reached,
    lags.lag_end = 'abandoned' as is_abandoned,
    lags.reorientation_us
from lags
inner join sessions on lags.session_no = sessions.session_no
