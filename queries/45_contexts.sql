-- One row per context: its number and its name.
select distinct
    context_no,
    context
from labels
where context_no is not null
