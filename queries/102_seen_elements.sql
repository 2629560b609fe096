-- One row per name of an element in the log, empty where there is none, in no order.
select distinct target
from log
