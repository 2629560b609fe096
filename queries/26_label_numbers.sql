-- One row per label, in no order: the numbers of what it names, null for none.
select
    label_no,
    element_no,
    context_no,
    task_no
from labels
