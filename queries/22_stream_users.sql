-- One row per stream: its user.
select
    stream_no,
    user_no
from streams
where stream_no is not null
