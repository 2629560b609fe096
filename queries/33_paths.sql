-- One row per return: the way back to the element last touched, and the elements on the way.
-- Also whether the return came on another device, where both are known.
-- target_return_us is null when the session never comes back to that element; detours is null
-- unless a productive step was reached and the log names elements.
with pointed as materialized (
    select
        lags.session_no,
        lags.return_us,
        stopped.last_element_no as element_no,
        case when lags.lag_end = 'observed' then back.first_productive_step end as work_step,
        labels.element_no as work_element_no,
        case
            when stop_burst.last_device_no > 0 and return_burst.first_device_no > 0
                then stop_burst.last_device_no <> return_burst.first_device_no
        end as device_changed
    from lags
    inner join sessions as stopped on lags.stop_session_no = stopped.session_no
    inner join sessions as back on lags.session_no = back.session_no
    inner join bursts as stop_burst on stopped.last_burst_no = stop_burst.last_burst_no
    inner join bursts as return_burst on back.first_burst_no = return_burst.first_burst_no
    left join bursts on back.first_productive_step = bursts.first_productive_step
    left join labels on (bursts.first_productive_content & 4294967295) = labels.label_no
),

burst_sessions as (
    select
        bursts.first_burst_no as burst_no,
        sessions.session_no
    from bursts
    asof inner join sessions on bursts.first_burst_no >= sessions.first_burst_no
),

touched as (
    select
        pointed.session_no,
        min(touches.first_us) filter (
            where touches.element_no = pointed.element_no
        ) - any_value(pointed.return_us) as target_return_us,
        count(distinct touches.element_no) filter (
            where touches.first_step < pointed.work_step
            and touches.element_no is distinct from pointed.element_no
            and touches.element_no is distinct from pointed.work_element_no
        ) as detours
    from touches
    inner join burst_sessions on touches.burst_no = burst_sessions.burst_no
    inner join pointed on burst_sessions.session_no = pointed.session_no
    where
        touches.element_no = pointed.element_no
        or touches.first_step < pointed.work_step
    group by pointed.session_no
)

select
    pointed.session_no,
    pointed.device_changed,
    touched.target_return_us,
    case
        when pointed.work_step is not null and getvariable('has_elements')
            then coalesce(touched.detours, 0)
    end as detours
from pointed
left join touched on pointed.session_no = touched.session_no
