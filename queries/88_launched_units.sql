-- One row per unit of a roll-out: when it got the marker, null where it never did.
-- Of several times of a unit the earliest counts. is_unread: a time of it cannot be read.
select
    user_id as unit,
    min(at_us) filter (
        where
        at_us >= getvariable('clock_from_us') and at_us < getvariable('clock_before_us')
    ) as launched_us,
    bool_or(
        at_given
        and not coalesce(
            at_us >= getvariable('clock_from_us') and at_us < getvariable('clock_before_us'), false
        )
    ) as is_unread
from rollout_rows
where not is_blank(user_id)
group by user_id
order by user_id
