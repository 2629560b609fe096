-- One row per interruption: the number of the page on which work stopped, 0 for none.
select
    replays.user_no,
    coalesce(labels.context_no, 0) as place
from replays
inner join lags on replays.burst_no = lags.burst_no
left join labels on label_of(replays.stop_content) = labels.label_no
where lags.is_interruption
