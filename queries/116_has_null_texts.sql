-- One row: whether names of the log are texts that programs write for null.
select
    exists (
        select names.event
        from names
        where names.event <> '' and is_none(names.event)
    )
    or exists (
        select labels.label_no
        from labels
        where
            (labels.target <> '' and is_none(labels.target))
            or (labels.context <> '' and is_none(labels.context))
            or (labels.task <> '' and is_none(labels.task))
    )
    or exists (
        select log.device
        from log
        where is_mapped('device') and log.device <> '' and is_none(log.device)
    )
