-- One row: users who are left out of the trial for their variants.
-- named are users of the log in any variant; both_control and both_treatment are those users of
-- several variants who were in this arm first.
select
    count(*) filter (where len(variants) > 1) as both_arms,
    count(*) filter (where len(variants) > 1 and first_variant = getvariable('control'))
        as both_control,
    count(*) filter (where len(variants) > 1 and first_variant = getvariable('treatment'))
        as both_treatment,
    count(*) filter (
        where len(variants) = 1
        and variants[1] not in (getvariable('control'), getvariable('treatment'))
        and variants[1] is distinct from getvariable('sham')
    ) as other_variants,
    count(*) filter (
        where len(variants) = 1 and variants[1] = getvariable('sham')
    ) as sham_users,
    count(user_no) as named
from variants
