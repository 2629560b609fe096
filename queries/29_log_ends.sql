-- One row per stream: when its log ends, which is the end of the whole log where that is known.
select
    stream_no,
    coalesce(getvariable('log_end_us'), newest_us)::bigint as log_end_us
from stream_stats
