"""What all charts share: what comes back is a picture, and axes have round steps."""

from __future__ import annotations

import altair as alt
import pytest
import vl_convert

from resume_gap.report.charts import drawing

SVG = '<svg class="marks" width="10" viewBox="0 0 560 80" version="1.1">{}</svg>'


def drawn(monkeypatch: pytest.MonkeyPatch, inner: str, root: str = SVG) -> str:
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda _: root.format(inner))
    layer = alt.Chart(drawing.data([{"x": 1}])).mark_point().encode(x="x:Q")
    return str(drawing.draw([layer], height=80))


def test_a_picture_scales_with_its_box_and_is_hidden_from_readers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert drawn(monkeypatch, "<g/>") == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 80" aria-hidden="true" '
        'font-family="system-ui, sans-serif"><g/></svg>'
    )


def test_the_engine_starts_with_a_drawing_that_it_understands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[dict[str, object]] = []
    draw = vl_convert.vegalite_to_svg
    monkeypatch.setattr(
        vl_convert, "vegalite_to_svg", lambda spec: asked.append(spec) or draw(spec)
    )
    drawing.start()
    assert len(asked) == 1
    assert draw(asked[0]).startswith("<svg")


def test_a_picture_has_its_size_with_the_room_around_the_plot() -> None:
    layer = alt.Chart(drawing.data([{"x": 1}])).mark_point().encode(x="x:Q")
    room = drawing.Room(left=drawing.titled(drawing.SHARES), right=9, top=11, bottom=13)
    found = str(drawing.draw([layer], height=80, width=300, room=room))
    assert 'viewBox="0 0 300 118"' in found
    assert "translate(70,11)" in found
    assert 'viewBox="0 0 300 118"' in str(drawing.draw([layer], height=80, width=300))


def test_what_nobody_sees_is_left_out_of_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    found = drawn(monkeypatch, '<g opacity="1.23456" pointer-events="none">1.23456</g>')
    assert '<g opacity="1.23">1.23456</g>' in found


def test_a_long_label_is_written_in_full() -> None:
    """Vega would cut it, and measure every label a second time to know whether it is too long."""
    name = "a name that takes far more room than the two inches of which the rest would be cut off"
    layer = alt.Chart(drawing.data([{"x": name}])).mark_point().encode(y="x:N")
    room = drawing.Room(left=90)
    assert f">{name}</text>" in str(drawing.draw([layer], height=80, room=room))


def test_a_layer_is_what_altair_makes_of_it() -> None:
    rows = [{"x": 1, "y": 2.5}, {"x": 2, "y": None}]
    chart = alt.Chart(drawing.data(rows))
    for marked in (chart.mark_bar(), chart.mark_line(color="red", clip=True)):
        layer = marked.encode(x="x:O", y=alt.Y("y:Q", axis=alt.Axis(title="hours"), scale=None))
        whole = layer.to_dict()
        (name,) = whole["datasets"]
        assert drawing.specifications([layer]) == [
            {
                "data": {"values": whole["datasets"][name]},
                "mark": whole["mark"],
                "encoding": whole["encoding"],
            }
        ]


@pytest.mark.parametrize(
    "inner",
    [
        "<script>x</script>",
        "<SCRIPT>x</SCRIPT>",
        "<foreignObject/>",
        "<FOREIGNOBJECT/>",
        "<image/>",
        "<a >x</a>",
        '<g xlink:href="#x"/>',
        '<g style="x"/>',
        '<g onload="x"/>',
        '<g OnLoad="x"/>',
        '<g fill="url(#x)"/>',
    ],
)
def test_more_than_a_picture_is_refused(monkeypatch: pytest.MonkeyPatch, inner: str) -> None:
    with pytest.raises(ValueError, match="more than a picture"):
        drawn(monkeypatch, inner)


def test_what_is_no_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="more than a picture"):
        drawn(monkeypatch, "", "<html>{}</html>")


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (8.0, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (9.0, [0, 2, 4, 6, 8]),
        (900.0, [0, 120, 240, 360, 480, 600, 720, 840]),
        (100_000.0, [0, 100_000]),
    ],
)
def test_ticks_are_round_and_few(last: float, ticks: list[float]) -> None:
    assert drawing.time_ticks(last) == ticks
