-- One row per row of the log that can be used: a known user, a time in range, an event name.
-- content is kind_no and label_no in one number, which orders as the two do. The columns stand in
-- the order that breaks ties in time (section 0 of the method), so that 20_steps.sql can sort by
-- all of them; those the log does not have are absent.
with kind_numbers as (
    select columns('^(event|marks|kind_no)$')
    from kinds
    where not is_set_aside(roles)
),

numbered as (
    select
        content_of(kind_numbers.kind_no, labels.label_no) as content,
        log.*
    from log
    natural inner join labels
    natural inner join kind_numbers
),

stream_numbers as (
    select columns('^(user_id|stream|stream_no)$')
    from streams
    where stream_no is not null
)

select
    stream_numbers.stream_no,
    columns('^(at_us|sequence)$'),
    columns(
        '^(content|end_us|device|event_id|received_at_us|variant|position|row_hash|segment_.*)$'
    )
from numbered
natural inner join stream_numbers
where numbered.at_us between getvariable('earliest_us') and getvariable('latest_us')
