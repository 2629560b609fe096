-- One row: how far the session ids of the log agree with its gaps, of the users that are sampled.
-- gaps and unchanged count gaps above the threshold and those over which the id stays; changes and
-- inside count changes of the id and those that come without such a gap.
with numbered as (
    select user_id
    from streams
    where user_no is not null
),

picked as (
    select
        rows.user_id,
        rows.at_us,
        rows.session_id
    from rows
    semi join numbered on rows.user_id = numbered.user_id
    where
        rows.session_id != ''
        and rows.at_us between getvariable('earliest_us') and getvariable('latest_us')
        and not list_contains(getvariable('skipped_events'), coalesce(rows.event, ''))
        and hash(rows.user_id) % getvariable('one_user_in') = 0
),

ordered as (
    select
        session_id,
        lag(session_id) over (partition by user_id order by at_us, session_id) as before,
        at_us - lag(at_us) over (partition by user_id order by at_us, session_id) as gap_us
    from picked
),

judged as (
    select
        gap_us > getvariable('session_gap_us') as is_long,
        session_id != before as is_new
    from ordered
    where before is not null
)

select
    count(*) filter (where is_long) as gaps,
    count(*) filter (where is_long and not is_new) as unchanged,
    count(*) filter (where is_new) as changes,
    count(*) filter (where is_new and not is_long) as inside
from judged
