"""Who was back at work by when, in both arms."""

from factories.pages import plain_spaces
from factories.trial_results import better, twelve_users

from resume_gap.report.page.evaluate import curves
from resume_gap.report.page.evaluate.curves import back_at_work


def test_the_table_has_both_ends_and_what_lies_between_them() -> None:
    found = back_at_work(better(), size="page")
    assert found is not None
    rows = [tuple(map(plain_spaces, row)) for row in found.table.rows]
    assert rows[0] == ("0 s", "0 %", "0 %", "0 %", "0 %")
    assert ("30 s", "40 %", "0.8 %", "48 %", "0.6 %") in rows
    assert rows[-1] == ("15 min", "92 %", "5.4 %", "94 %", "4.5 %")
    assert plain_spaces(found.caption) == (
        "Back at work by 15 min: 94 % with the marker, 92 % without it."
    )
    assert found.chart.small is not None
    assert found.chart.small.size == "telephone"


def test_few_users_make_no_curves() -> None:
    assert back_at_work(twelve_users(), size="page") is None


def test_points_at_which_a_line_has_moved_are_kept_with_both_ends() -> None:
    near = curves._NEAR

    def kept(*moves: float, column: int = 0) -> list[float]:
        points = [
            (float(n), *[move if k == column else 0.0 for k in range(4)])
            for n, move in enumerate(moves)
        ]
        return [one[0] for one in curves._thinned(tuple(points))]

    for column in range(4):
        assert kept(0.0, near, near, 2 * near, 0.9, column=column) == [0.0, 1.0, 3.0, 4.0]
        assert kept(near, 0.0, 0.0, column=column) == [0.0, 1.0, 2.0]
        assert kept(0.0, 0.99 * near, 0.0, column=column) == [0.0, 2.0]
