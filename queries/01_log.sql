-- One row per row of the input, with every column that a log can have.
-- Columns that the input does not have are null: no_rows has them all, and no row
-- (eventcolumns.py). Texts that are joined on are empty where there is none, for null does not
-- join; the others are null, which sorts last.
with whole as (
    select * from no_rows
    union all by name
    select * from rows
)

select
    * replace (
        coalesce(user_id, '') as user_id,
        coalesce(stream, '') as stream,
        coalesce(event, '') as event,
        coalesce(target, '') as target,
        coalesce(context, '') as context,
        coalesce(task, '') as task,
        coalesce(marks, 0)::utinyint as marks
    )
from whole
