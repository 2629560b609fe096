-- One row per stream: a hash of the seed and the stream's ids, by which controls are thinned.
-- A log without a stream column has no such column here, hence the list of those that there are.
select
    stream_no,
    md5_number_lower(
        getvariable('seed')
        || ':'
        || concat_ws(chr(31), *columns('^(user_id|stream)$'))
    )::ubigint as key
from streams
where stream_no is not null
order by stream_no
