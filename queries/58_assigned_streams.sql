-- One row per stream: when its user was assigned, null where the user is in no arm of the trial.
-- A sham arm is one, too.
select
    streams.stream_no,
    variants.assigned_us
from streams
left join variants
    on
        streams.user_no = variants.user_no
        and len(variants.variants) = 1
        and list_contains(
            [getvariable('control'), getvariable('treatment'), getvariable('sham')],
            variants.variants[1]
        )
where streams.stream_no is not null
order by streams.stream_no
