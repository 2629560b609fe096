-- One row per roll-out file: its rows and the instants they span.
select
    input_no,
    count(*) as n,
    min(at_us) as first_us,
    max(at_us) as last_us
from rollout_rows
group by input_no
order by input_no
