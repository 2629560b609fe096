"""What the numbers of contents stand for."""

from dataclasses import dataclass

from resume_gap.arrays import Bools, Ints
from resume_gap.sources.role_bits import PRODUCTIVE


@dataclass(frozen=True, slots=True)
class Contents:
    """What a content stands for: its kind in the upper 32 bits, its label in the lower.

    Attributes:
        kind_roles: Sum of the role bits, by kind_no (0 is unused).
        kind_event: Number of the event name, by kind_no.
        label_element: Number of the element, by label_no; 0 for none.
        label_context: Number of the context, by label_no; 0 for none.
        label_task: Number of the task, by label_no; 0 for none.
        kind_by_agent: Whether a column says that an assistant or automation may have acted, by
            kind_no; None: no column says so.
    """

    kind_roles: Ints
    kind_event: Ints
    label_element: Ints
    label_context: Ints
    label_task: Ints
    kind_by_agent: Bools | None = None

    def roles(self, content: Ints) -> Ints:
        """Role bits of each content."""
        return self.kind_roles[content >> 32]

    def is_work(self, content: Ints) -> Bools:
        """Whether each content counts as work."""
        found: Bools = (self.roles(content) & PRODUCTIVE) != 0
        return found

    def event(self, content: Ints) -> Ints:
        """Event number of each content."""
        return self.kind_event[content >> 32]

    def element(self, content: Ints) -> Ints:
        """Element number of each content."""
        return self.label_element[content & 0xFFFFFFFF]

    def context(self, content: Ints) -> Ints:
        """Context number of each content."""
        return self.label_context[content & 0xFFFFFFFF]

    def task(self, content: Ints) -> Ints:
        """Task number of each content."""
        return self.label_task[content & 0xFFFFFFFF]
