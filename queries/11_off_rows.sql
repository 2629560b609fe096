-- One row: rows with a delay, those far off, by how much, and those that waited in a buffer.
select
    (select coalesce(sum(usual_delays.n), 0)::bigint from usual_delays) as n,
    coalesce(sum(n) filter (where not is_buffered), 0)::bigint as off,
    coalesce(median(abs(corrected_us - at_us)) filter (where not is_buffered), 0) as off_by_us,
    coalesce(sum(n) filter (where is_buffered), 0)::bigint as buffered
from off_stamps
