import pytest
from django.template.loader import render_to_string
from django.utils import translation

from visavis.ui import plots

WORDS = plots.DotWords(title="Skills", label="Skill", mean="hired", span="nine in ten", own="you")


def test_a_dot_stands_where_its_value_is_on_the_axis() -> None:
    plot = plots.dots([plots.DotRow("cook", 2, 1, 3, 4)], axis=(0, 4), words=WORDS)
    assert plot.dots == [plots.Dot("cook", "50.0%", ("25.0%", "75.0%"), "100.0%")]


def test_what_is_unknown_is_not_drawn() -> None:
    (dot,) = plots.dots([plots.DotRow("cook", 2)], axis=(0, 4), words=WORDS).dots
    assert dot.span is None
    assert dot.own is None


def test_what_lies_outside_the_axis_stands_at_its_end() -> None:
    (dot,) = plots.dots([plots.DotRow("cook", 9, own=-3)], axis=(0, 4), words=WORDS).dots
    assert (dot.mean, dot.own) == ("100.0%", "0.0%")


def test_an_axis_that_does_not_grow_is_refused() -> None:
    with pytest.raises(ValueError, match="from 4 to 4"):
        plots.dots([], axis=(4, 4), words=WORDS)


def test_the_longest_bar_fills_the_width() -> None:
    rows = [plots.BarRow("a", 50, "50"), plots.BarRow("b", 25, "25"), plots.BarRow("c", -1, "none")]
    plot = plots.bars(rows, title="t", label_words="l", value_words="v")
    assert [bar.width for bar in plot.bars] == ["100.0%", "50.0%", "0.0%"]


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_bars_of_nothing_have_no_width(values: list[float]) -> None:
    rows = [plots.BarRow("a", value, "0") for value in values]
    plot = plots.bars(rows, title="t", label_words="l", value_words="v")
    assert all(bar.width == "0.0%" for bar in plot.bars)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_plot_comes_with_its_figures_in_a_table(language: str) -> None:
    plot = plots.dots([plots.DotRow("cook", 2.5, 1, 3)], axis=(0, 4), words=WORDS)
    with translation.override(language):
        text = render_to_string("ui/plot_dots.html", {"plot": plot})
    assert 'cx="62.5%"' in text
    assert "<table" in text
    assert ("2,5" if language == "fr" else "2.5") in text


def test_a_dot_can_be_compared_with_a_stroke_and_the_key_left_out() -> None:
    words = plots.DotWords(title="t", label="l", mean="m", span="s", own="you", against="all")
    row = plots.DotRow("cook", 50, 40, 60, own=100, against=25, own_said="yes indeed")
    plot = plots.dots([row], axis=(0, 100), words=words)
    assert plot.dots[0].against == "25.0%"
    with_key = render_to_string("ui/plot_dots.html", {"plot": plot})
    without = render_to_string("ui/plot_dots.html", {"plot": plot, "keyless": True})
    assert "yes indeed" in with_key and 'class="against" x1="25.0%"' in with_key
    assert "plot__keys" in with_key and "plot__keys" not in without
