-- One row per name of a batch: its place there, and its hash as in 99_name_hashes.sql and
-- 111_label_hashes.sql. Event names have no marks here.
select
    place,
    case when is_kind then hash(name, 0::utinyint) else hash(name) end as name_hash
from batch_names
