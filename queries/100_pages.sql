-- One row per interruption: the number of the page on which work stopped, 0 for none.
select
    replays.user_no,
    coalesce(labels.context_no, 0) as place
from replays
left join labels on label_of(replays.stop_content) = labels.label_no
where replays.is_interruption
