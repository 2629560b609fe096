-- One row per interruption: the number of the element touched last before it, 0 for none. There may
-- be as many names as interruptions, of which few are ever shown (101_element_names.sql).
select
    replays.user_no,
    replays.pointed_no as place
from replays
where replays.is_interruption
