-- One row per row of the log that says to which variant its user is assigned; event is the variant.
-- assigned_by chooses what says so: assignment events of the experiment, what all events carry for
-- it, or the log's own column.
select
    user_id,
    at_us,
    at_given,
    case getvariable('assigned_by')
        when 'assignment_events' then assigned_variant
        when 'carried' then carried_variant
        when 'column' then variant
    end as event
from log
where
    case getvariable('assigned_by')
        when 'assignment_events' then assigned_variant
        when 'carried' then carried_variant
        when 'column' then variant
    end is not null
