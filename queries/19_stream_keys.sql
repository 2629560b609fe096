-- One row per stream: a hash of the seed and the stream's ids, by which controls are thinned.
select
    stream_no,
    md5_number_lower(
        getvariable('seed')
        || ':'
        || user_id
        || case when stream <> '' then chr(31) || stream else '' end
    )::ubigint as key
from streams
where stream_no is not null
order by stream_no
