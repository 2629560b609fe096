-- One row per element whose name is another one's but for a counter, a mark or a moment in it.
-- base_no is the lowest number of the elements that are one without them: `(3) Inbox` and `Inbox`,
-- `* notes.txt` and `notes.txt`, `/list?ts=17` and `/list?ts=18`.
with elements as (
    select distinct
        element_no,
        target
    from labels
    where element_no is not null
),

-- Every expression below needs one of these signs; most names have none.
likely as (
    select
        element_no,
        target,
        regexp_replace(
            regexp_replace(
                target, '^(\(\d{1,4}\+?\)|[*●•])\s*|\s*[*●•]$|;jsessionid=[^?#]*', '', 'g'
            ),
            '[?&](_|cb|t|ts|time|timestamp|nonce|rnd|sid|session|sessionid|session_id|token|gclid'
            || '|fbclid|utm_\w+)=[^&#]*',
            '',
            'gi'
        ) as base
    from elements
    where regexp_matches(target, '[(*●•;?&]')
),

bases as (
    select
        element_no,
        base
    from likely
    union all
    select
        element_no,
        target as base
    from elements
    where not regexp_matches(target, '[(*●•;?&]') and target in (select likely.base from likely)
)

select
    element_no,
    min(element_no) over same as base_no
from bases
window same as (partition by base)
qualify count(*) over same > 1
order by element_no
