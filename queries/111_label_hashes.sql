-- One row per label of the log (2, as 99_name_hashes.sql has 1 and 3): its hash, and its number.
select
    2 as what,
    if(is_mapped('context') or is_mapped('task'), hash(target, context, task), hash(target))
        as name_hash,
    label_no as number
from labels
