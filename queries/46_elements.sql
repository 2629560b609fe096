-- One row per element: its number and its name.
select distinct
    element_no,
    target
from labels
where element_no is not null
