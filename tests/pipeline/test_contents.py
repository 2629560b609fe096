"""A content is a kind and a label in one number."""

import numpy as np

from resume_gap.pipeline.contents import Contents


def test_kinds_are_above_and_labels_below() -> None:
    contents = Contents(
        kind_roles=np.array([0, 1, 6]),
        kind_event=np.array([0, 70, 80]),
        label_element=np.array([0, 11, 12, 13]),
        label_context=np.array([0, 21, 22, 23]),
        label_task=np.array([0, 31, 32, 33]),
    )
    content = np.array([1 << 32 | 3, 2 << 32 | 1, 2 << 32])
    assert contents.roles(content).tolist() == [1, 6, 6]
    assert contents.is_work(content).tolist() == [True, False, False]
    assert contents.event(content).tolist() == [70, 80, 80]
    assert contents.element(content).tolist() == [13, 11, 0]
    assert contents.context(content).tolist() == [23, 21, 0]
    assert contents.task(content).tolist() == [33, 31, 0]
