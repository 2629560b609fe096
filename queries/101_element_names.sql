-- One row per element whose number is one of asked_elements: its number and its name.
select distinct
    element_no,
    target
from labels
where list_contains(getvariable('asked_elements'), element_no)
