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

bases as (
    select
        element_no,
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
)

select
    element_no,
    min(element_no) over same as base_no
from bases
window same as (partition by base)
qualify count(*) over same > 1
order by element_no
