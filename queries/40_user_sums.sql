-- One row per user: the integer sums that everything statistical rests on.
-- The return rate is over mid-task stops; where nothing productive is known, over all stops.
with returned as (
    select
        streams.user_no,
        count(*) as returns,
        count(*) filter (where lags.is_interruption) as interruptions,
        count(*) filter (where lags.is_interruption and lags.eligible) as eligible,
        count(*) filter (
            where lags.is_interruption and lags.eligible and is_reached(lags.lag_us)
        ) as productive,
        count(*) filter (
            where lags.is_interruption and lags.eligible and lags.lag_us = 0
        ) as zero,
        coalesce(sum(lags.reorientation_us) filter (where lags.is_interruption), 0)::bigint
            as reorientation_us,
        coalesce(
            sum(lags.lag_us) filter (
                where lags.is_interruption
                and lags.eligible
                and is_reached(lags.lag_us)
            ), 0
        )::bigint as reached_lag_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    group by streams.user_no
),

stopped as (
    select
        streams.user_no,
        count(*) as stops,
        count(*) filter (where stops.return_us is null) as not_returned,
        count(*) filter (
            where is_rated(stops.reason) and is_followed_up(stops.stop_us, stops.log_end_us)
        ) as followed_7d,
        count(*) filter (
            where is_rated(stops.reason)
            and is_followed_up(stops.stop_us, stops.log_end_us)
            and is_back_in_time(stops.stop_us, stops.return_us)
        ) as returned_7d
    from stops
    inner join streams on stops.stream_no = streams.stream_no
    group by streams.user_no
),

worked as (
    select
        streams.user_no,
        count(*) as streams,
        sum(stream_stats.events)::bigint as events,
        min(stream_stats.first_us) as first_us,
        max(stream_stats.last_us) as last_us,
        sum(stream_stats.productive_us)::bigint as productive_us
    from stream_stats
    inner join streams on stream_stats.stream_no = streams.stream_no
    where stream_stats.events > 0
    group by streams.user_no
)

select
    worked.*,
    coalesce(stopped.stops, 0) as stops,
    coalesce(stopped.not_returned, 0) as not_returned,
    coalesce(stopped.followed_7d, 0) as followed_7d,
    coalesce(stopped.returned_7d, 0) as returned_7d,
    coalesce(returned.returns, 0) as returns,
    coalesce(returned.interruptions, 0) as interruptions,
    coalesce(returned.eligible, 0) as eligible,
    coalesce(returned.productive, 0) as productive,
    coalesce(returned.zero, 0) as zero,
    coalesce(returned.reorientation_us, 0) as reorientation_us,
    coalesce(returned.reached_lag_us, 0) as reached_lag_us
from worked
left join stopped on worked.user_no = stopped.user_no
left join returned on worked.user_no = returned.user_no
order by worked.user_no
