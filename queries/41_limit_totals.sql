-- One row per threshold that has a return: its figures, for the table that shows how much depends
-- on it.
with measured as (
    select
        waits.threshold_us,
        streams.user_no,
        waits.is_interruption,
        waits.is_interruption and waits.eligible as counted,
        waits.is_reached,
        waits.reorientation_us
    from waits
    inner join streams on waits.stream_no = streams.stream_no
)

select
    threshold_us,
    count(*) as returns,
    count(*) filter (where is_interruption) as interruptions,
    count(distinct user_no) filter (where is_interruption) as users_interrupted,
    count(*) filter (where counted) as eligible,
    count(*) filter (where counted and is_reached) as productive,
    coalesce(sum(reorientation_us) filter (where counted), 0)::bigint as reorientation_us
from measured
group by threshold_us
