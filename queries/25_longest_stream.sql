-- One row: the rows of the longest stream, which the ordered pass takes as a whole.
select coalesce(max(n), 0)::bigint as longest
from streams
where refused is null
