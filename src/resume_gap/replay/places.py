"""Where the touches of a chunk lie, and where work went on after each return."""

from dataclasses import dataclass

import numpy as np

from resume_gap.arrays import NEVER_ROW, Bools, Floats, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.replay.chunks import Chunk


@dataclass(frozen=True, slots=True)
class Spots:
    """Where each touch lies; t of them.

    A touch lies where something else does when both are on an element (0 is none), in the same
    area and not farther apart than `near`. Without positions an area is an element, and all
    positions are 0; with positions an area is a context.

    Attributes:
        near: The distance.
        by_position: Whether positions count.
        element: (t)
        context: (t) of the last event; 0 for none.
        area: (t) of the last event.
        position: (t) of the last event.
        work_area: (t) of the first event that was work.
        work_position: (t) of the same.
    """

    near: float
    by_position: bool
    element: Ints
    context: Ints
    area: Ints
    position: Floats
    work_area: Ints
    work_position: Floats

    @classmethod
    def of(cls, chunk: Chunk, contents: Contents, near: float | None) -> "Spots":
        """Those of a chunk; `near` is None where positions do not count."""
        touches, context = chunk.touches, contents.label_context[chunk.touches.label]
        if near is None:
            element, zeros = touches.element, np.zeros(len(touches.element))
            return cls(0, False, element, context, element, zeros, element, zeros)
        return cls(
            near=near,
            by_position=True,
            element=touches.element,
            context=context,
            area=context,
            position=touches.position,
            work_area=contents.label_context[touches.first_work_label],
            work_position=touches.first_work_position,
        )


@dataclass(frozen=True, slots=True)
class Places:
    """Where work went on after each return; r of them.

    Attributes:
        return_us: (r)
        first_element: (r) element of the first event back.
        reached: (r) whether work went on within the cap.
        has_later: (r) whether the stream has any more work.
        element: (r) where work went on within the cap; 0 for nowhere.
        context: (r) the same.
        later_element: (r) of the stream's next work, whatever lies between; 0 for nowhere.
        area: (r) of the same, as in `Spots`.
        position: (r) of the same.
    """

    return_us: Ints
    first_element: Ints
    reached: Bools
    has_later: Bools
    element: Ints
    context: Ints
    later_element: Ints
    area: Ints
    position: Floats

    @classmethod
    def of_bursts(cls, chunk: Chunk, contents: Contents, spots: Spots) -> "Places":
        """As if every burst were a return that reached work."""
        bursts = chunk.bursts
        content = bursts.next_work_content
        element, context = contents.element(content), contents.context(content)
        position = bursts.next_work_position if spots.by_position else np.zeros(len(content))
        return cls(
            return_us=bursts.start_us,
            first_element=contents.element(bursts.first_content),
            reached=np.ones(len(content), dtype=np.bool_),
            has_later=bursts.next_work_step != NEVER_ROW,
            element=element,
            context=context,
            later_element=element,
            area=context if spots.by_position else element,
            position=position,
        )

    def at(self, first: Ints, reached: Bools) -> "Places":
        """Those of the returns of one threshold.

        Args:
            first: (r) the bursts that they begin with.
            reached: (r) whether work went on within the cap.
        """
        element = self.element[first]
        return Places(
            return_us=self.return_us[first],
            first_element=self.first_element[first],
            reached=reached,
            has_later=self.has_later[first],
            element=np.where(reached, element, 0),
            context=np.where(reached, self.context[first], 0),
            later_element=element,
            area=self.area[first],
            position=self.position[first],
        )
