-- One row: whether elements, contexts or tasks of the log are texts that programs write for null.
select
    count(*) filter (
        where
        (target <> '' and is_none(target))
        or (context <> '' and is_none(context))
        or (task <> '' and is_none(task))
    ) > 0
from labels
