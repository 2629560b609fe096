-- One row per label, in the order of label_no: the numbers of what it names, 0 for none.
select
    label_no,
    coalesce(element_no, 0) as element_no,
    coalesce(context_no, 0) as context_no,
    coalesce(task_no, 0) as task_no
from labels
order by label_no
