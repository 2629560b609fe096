-- One row per stream: a digest of the seed and the stream's ids, by which controls are thinned.
-- As bytes: md5_number_lower takes three times as long as md5 as text.
select
    stream_no,
    unhex(md5(
        getvariable('seed')
        || ':'
        || user_id
        || case when stream <> '' then chr(31) || stream else '' end
    )) as digest
from streams
where stream_no is not null
