-- One row: the figures of one threshold, for the table that shows how much depends on it.
with measured as (
    select
        streams.user_no,
        lags.is_interruption,
        lags.is_interruption and lags.eligible as counted,
        lags.lag_us,
        lags.reorientation_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
)

select
    count(*) as returns,
    count(*) filter (where is_interruption) as interruptions,
    count(distinct user_no) filter (where is_interruption) as users_interrupted,
    count(*) filter (where counted) as eligible,
    count(*) filter (where counted and is_reached(lag_us)) as productive,
    coalesce(sum(reorientation_us) filter (where counted), 0)::bigint as reorientation_us
from measured
