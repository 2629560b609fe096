-- One row: whether event names or devices of the log are texts that programs write for null.
select
    exists (
        select names.event
        from names
        where names.event <> '' and is_none(names.event)
    )
    or exists (
        select log.device
        from log
        where is_mapped('device') and log.device <> '' and is_none(log.device)
    )
