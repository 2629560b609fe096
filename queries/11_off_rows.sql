-- One row: rows with a delay, those far off, by how much, and those that waited in a buffer.
-- off_by_us is the median of the rows far off: the mean of the two in the middle of an even number.
with in_order as (
    select
        abs(corrected_us - at_us) as off_by_us,
        2 * sum(n) over (order by abs(corrected_us - at_us)) as twice_upto,
        sum(n) over () as whole
    from off_stamps
    where not is_buffered
),

middle as (
    select
        min(off_by_us) filter (where twice_upto >= whole) as lower_us,
        min(off_by_us) filter (where twice_upto > whole) as upper_us
    from in_order
)

select
    (select coalesce(sum(usual_delays.n), 0)::bigint from usual_delays) as n,
    coalesce(sum(n) filter (where not is_buffered), 0)::bigint as off,
    (select coalesce((middle.lower_us + middle.upper_us) / 2, 0) from middle) as off_by_us,
    coalesce(sum(n) filter (where is_buffered), 0)::bigint as buffered
from off_stamps
