-- One row per session: a stream's events between gaps longer than threshold.
-- Neighbouring bursts are merged where no gap is longer. What was worked on as of the session's end
-- stands in its last burst, what comes from its start on in its first; both describe the whole
-- stream, so a step outside of the session is not the session's.
-- The bursts are probed, not built from: there are many more of them than sessions. Streams take
-- turns; sessions_before counts the sessions of the turns before.
with opening as (
    select
        *,
        (getvariable('sessions_before') + row_number() over (order by burst_no))::integer
            as session_no,
        coalesce(
            lead(burst_no) over (order by burst_no) - 1,
            (
                select max(every_burst.burst_no)
                from bursts as every_burst
                where is_in_turn(every_burst.stream_no)
            )
        ) as last_burst_no
    from bursts
    where is_in_turn(stream_no) and coalesce(gap_us > getvariable('threshold_us'), true)
)

select
    opening.session_no,
    opening.stream_no,
    opening.burst_no as first_burst_no,
    opening.last_burst_no,
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
where is_in_turn(last_burst.stream_no)
