-- One row per session: neighbouring parts of a stream, merged where no gap is longer than theta.
-- The parts are bursts or the sessions of a shorter limit; both have these columns, so a longer
-- limit only merges further. Steps number the events in order; what the events were is looked
-- up in bursts, by first_burst_no, last_burst_no and the step numbers.
with numbered as (
    select
        *,
        coalesce(gap_us > getvariable('theta_us'), true) as starts,
        sum(
            case when coalesce(gap_us > getvariable('theta_us'), true) then 1 else 0 end
        ) over (order by first_burst_no rows unbounded preceding)::integer as session_no
    from parts
)

select
    session_no,
    min(stream_no) as stream_no,
    min(first_burst_no) as first_burst_no,
    max(last_burst_no) as last_burst_no,
    min(start_us) as start_us,
    max(end_us) as end_us,
    max(gap_us) filter (where starts) as gap_us,
    max(away_before_us) filter (where starts) as away_before_us,
    arg_max(last_element_no, first_burst_no) as last_element_no,
    min(first_productive_step) as first_productive_step,
    min(first_productive_us) as first_productive_us,
    max(last_productive_step) as last_productive_step,
    max(productive_end_us) as productive_end_us,
    min(first_leaving_step) as first_leaving_step
from numbered
group by session_no
order by session_no
