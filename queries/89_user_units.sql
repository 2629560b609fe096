-- One row per user of the log: the unit, and when that got the marker.
-- The unit is the user, unless a column of the log names units (units_named); of several values of
-- a user the earliest counts, null where there is none. is_named: the roll-out names the unit;
-- launched_us is null where it does not, or where the unit never got the marker.
with own as (
    select
        user_id,
        arg_min(unit, row(at_us, unit)) as unit
    from log
    where getvariable('units_named') and not is_blank(unit)
    group by user_id
),

known as (
    select distinct
        user_id,
        user_no
    from streams
    where user_no is not null
),

placed as (
    select
        known.user_id,
        known.user_no,
        case when getvariable('units_named') then own.unit else known.user_id end as unit
    from known
    left join own on known.user_id = own.user_id
)

select
    placed.user_no,
    placed.user_id,
    placed.unit,
    launched_units.unit is not null as is_named,
    launched_units.launched_us
from placed
left join launched_units on placed.unit = launched_units.unit
order by placed.user_no
