-- One row per reason for which rows of the log are not used; the first reason of a row counts.
with kind_roles as (
    select * exclude (n)
    from kinds
),

stream_states as (
    select columns('^(user_id|stream|refused)$')
    from streams
),

judged as (
    select
        case
            when stream_states.refused is not null then stream_states.refused
            when not log.at_given then 'no_time'
            when log.at_us is null then 'unreadable_time'
            when kind_roles.roles is null then 'no_event'
            when log.at_us < getvariable('clock_from_us') then 'clock_out_of_range'
            when log.at_us >= getvariable('clock_before_us') then 'clock_out_of_range'
            when log.at_us < getvariable('since_us') then 'before_since'
            when log.at_us > getvariable('until_us') then 'after_until'
            when log.at_us < getvariable('earliest_us') then 'clock_outlier'
            when log.at_us > getvariable('latest_us') then 'clock_outlier'
            when is_ignored(kind_roles.roles) then 'ignored'
            when is_marker(kind_roles.roles) then 'marker_event'
            when is_assignment(kind_roles.roles) then 'assignment_event'
        end as reason
    from log
    natural left join kind_roles
    natural left join stream_states
)

select
    reason,
    count(*) as n
from judged
where reason is not null
group by reason
order by reason
