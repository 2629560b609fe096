-- One row per session: a stream's events between gaps longer than threshold.
with opening as (
    select
        *,
        row_number() over (order by burst_no) as session_no,
        coalesce(
            lead(burst_no) over (order by burst_no) - 1,
            (select max(every_burst.burst_no) from bursts as every_burst)
        ) as last_burst_no
    from bursts
    where coalesce(gap_us > getvariable('threshold_us'), true)
)

select
    opening.session_no,
    opening.stream_no,
    opening.burst_no as first_burst_no,
    opening.first_step,
    last_burst.last_step,
    opening.start_us,
    last_burst.end_us,
    opening.gap_us,
    opening.away_before_us,
    case when last_burst.worked_step >= opening.first_step then last_burst.worked_until_us end
        as worked_until_us,
    last_burst.is_open,
    opening.next_work_step,
    opening.next_work_us,
    opening.next_leaving_step
from bursts as last_burst
inner join opening on last_burst.burst_no = opening.last_burst_no
