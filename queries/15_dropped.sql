-- One row per reason for which rows of the log are not used; the first reason of a row counts.
with judged as (
    select
        case
            when streams.refused is not null then streams.refused
            when not log.at_given then 'no_time'
            when log.at_us is null then 'unreadable_time'
            when kinds.roles is null then 'no_event'
            when log.at_us < getvariable('clock_from_us') then 'clock_out_of_range'
            when log.at_us >= getvariable('clock_before_us') then 'clock_out_of_range'
            when log.at_us < getvariable('since_us') then 'before_since'
            when log.at_us > getvariable('until_us') then 'after_until'
            when log.at_us < getvariable('earliest_us') then 'clock_outlier'
            when log.at_us > getvariable('latest_us') then 'clock_outlier'
            when is_ignored(kinds.roles) then 'ignored'
            when is_marker(kinds.roles) then 'marker_event'
            when is_assignment(kinds.roles) then 'assignment_event'
            when is_agent(kinds.roles) then 'agent_event'
        end as reason
    from log
    left join kinds on log.event = kinds.event and log.marks = kinds.marks
    left join streams on log.user_id = streams.user_id and log.stream = streams.stream
)

select
    reason,
    count(*) as n
from judged
where reason is not null
group by reason
order by reason
