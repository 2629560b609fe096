-- One row per event name: how many gaps above threshold, and up to longest_gap_us, follow it.
-- Only gaps that the threshold may be learned from, those that end before learn_before_us.
with longer as (
    select before.last_content
    from bursts as before
    inner join bursts on before.burst_no + 1 = bursts.burst_no
    where
        bursts.gap_us > getvariable('threshold_us')
        and bursts.gap_us <= getvariable('longest_gap_us')
        and bursts.start_us < getvariable('learn_before_us')
)

select
    kinds.event,
    count(*) as gaps
from longer
inner join kinds on kind_of(longer.last_content) = kinds.kind_no
group by kinds.event
order by kinds.event
