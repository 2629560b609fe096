"""The loops that carry the work in hand from event to event, compiled on large logs."""

from resume_gap.arrays import NEVER_ROW, Bools, Ints
from resume_gap.compiled import kernel
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE


@kernel("iiijjjBJBI")
def carry_work(
    starts: Ints,
    content: Ints,
    own_end: Ints,
    kind_roles: Ints,
    label_task: Ints,
    label_context: Ints,
    productive: Bools,
    last: Ints,
    is_open: Bools,
    end: Ints,
) -> None:
    """Write what is known of the work up to each row; as `Work` describes it."""
    for stream in range(len(starts) - 1):
        worked, going_on, until = -1, False, 0
        for i in range(starts[stream], starts[stream + 1]):
            roles = kind_roles[content[i] >> 32]
            productive[i] = roles & PRODUCTIVE != 0
            if productive[i]:
                until = own_end[i] if worked < 0 else max(until, own_end[i])
                worked, going_on = i, True
            if going_on and roles & COMPLETING != 0:
                label, own = content[i] & 0xFFFFFFFF, content[worked] & 0xFFFFFFFF
                task, context = label_task[label], label_context[label]
                if task > 0 and label_task[own] > 0:
                    going_on = task != label_task[own]
                elif context > 0 and label_context[own] > 0:
                    going_on = context != label_context[own]
                else:
                    going_on = task > 0 or context > 0
            last[i], is_open[i], end[i] = worked, going_on, until


@kernel("iijJJ")
def foresee_work(
    starts: Ints, content: Ints, kind_roles: Ints, following: Ints, leaving: Ints
) -> None:
    """Write what comes from each row on; as `Work` describes it."""
    for stream in range(len(starts) - 1):
        work = leave = NEVER_ROW
        for i in range(starts[stream + 1] - 1, starts[stream] - 1, -1):
            roles = kind_roles[content[i] >> 32]
            if roles & PRODUCTIVE != 0:
                work = i
            elif roles & COMPLETING != 0:
                leave = i
            following[i], leaving[i] = work, leave
