-- One row per session: a stream's events between gaps longer than threshold.
-- Neighbouring bursts are merged where no gap is longer. What was worked on as of the session's end
-- stands in its last burst, what comes from its start on in its first; both describe the whole
-- stream, so a step outside of the session is not the session's.
with opening as (
    select
        row_number() over (order by burst_no)::integer as session_no,
        burst_no as first_burst_no,
        coalesce(
            lead(burst_no) over (order by burst_no) - 1,
            (select max(every_burst.burst_no) from bursts as every_burst)
        ) as last_burst_no
    from bursts
    where coalesce(gap_us > getvariable('threshold_us'), true)
)

select
    opening.session_no,
    first_burst.stream_no,
    first_burst.burst_no as first_burst_no,
    last_burst.burst_no as last_burst_no,
    first_burst.first_step,
    last_burst.last_step,
    first_burst.start_us,
    last_burst.end_us,
    first_burst.gap_us,
    first_burst.away_before_us,
    case when last_burst.worked_step >= first_burst.first_step then last_burst.worked_until_us end
        as worked_until_us,
    last_burst.is_open,
    first_burst.next_work_step,
    first_burst.next_work_us,
    first_burst.next_leaving_step
from opening
inner join bursts as first_burst on opening.first_burst_no = first_burst.burst_no
inner join bursts as last_burst on opening.last_burst_no = last_burst.burst_no
