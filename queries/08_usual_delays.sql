-- One row per user with times of arrival: by how much the user's events usually arrive late.
select
    user_id,
    quantile_disc(received_at_us - at_us, 0.5) as usual_us,
    count(*) as n
from log
where
    received_at_us is not null
    and at_us >= getvariable('clock_from_us')
    and at_us < getvariable('clock_before_us')
group by user_id
