import pytest
from django.template.loader import render_to_string
from django.utils import translation

from visavis.ui import plots

WORDS = plots.DotWords(title="Skills", label="Skill", mean="hired", span="nine in ten", own="you")


def test_a_dot_stands_where_its_value_is_on_the_axis_or_at_its_end() -> None:
    rows = [plots.DotRow("cook", 2, 1, 3, 4), plots.DotRow("cook", 2), plots.DotRow("cook", 9, own=-3)]
    whole, unknown, outside = plots.dots(rows, axis=(0, 4), words=WORDS).dots
    assert whole == plots.Dot("cook", "50.0%", ("25.0%", "75.0%"), "100.0%", words="2 · 4")
    assert (unknown.span, unknown.own) == (None, None)
    assert (outside.mean, outside.own) == ("100.0%", "0.0%")
    with pytest.raises(ValueError, match="from 4 to 4"):
        plots.dots([], axis=(4, 4), words=WORDS)


def bars(*rows: plots.BarRow, words: str = "v") -> plots.BarPlot:
    return plots.bars(rows, title="t", label_words="l", value_words=words)


def test_the_longest_bar_fills_the_width_and_what_pulls_down_is_drawn_to_the_other_side() -> None:
    plot = bars(plots.BarRow("a", 50, "50"), plots.BarRow("b", 25, "25"), plots.BarRow("c", 0, "none"))
    assert [bar.width for bar in plot.bars] == ["100.0%", "50.0%", "0.0%"]
    assert {bar.start for bar in plot.bars} == {"0.0%"}
    assert [bar.width for bar in bars(*[plots.BarRow("a", 0, "0")] * 2).bars] == ["0.0%"] * 2
    assert bars().bars == []
    plot = bars(plots.BarRow("for", 2, "+ 2"), plots.BarRow("against", -1, "− 1"), words="Weight")
    up, down = plot.bars
    assert plot.axis.zero == up.start == "33.3%"
    assert (down.start, down.width, up.width) == ("0.0%", "33.3%", "66.7%")
    assert f'class="zero" x1="{plot.axis.zero}"' in render_to_string("ui/plot_bars.html", {"plot": plot})


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, ["0", "20", "40", "60", "80", "100"]),
        (0, 200, ["0", "50", "100", "150", "200"]),
        (-100, 100, ["−100", "−50", "0", "50", "100"]),
        (-2.3, 2.3, ["−3", "−2", "−1", "0", "1", "2", "3"]),
        (0, 0.37, ["0.0", "0.1", "0.2", "0.3", "0.4"]),
        (0, 31, ["0", "10", "20", "30", "40"]),
    ],
)
def test_an_axis_has_round_ticks_and_holds_what_is_drawn(low: float, high: float, ticks: list[str]) -> None:
    with translation.override("en"):
        axis = plots.axis_of(low, high, what="Share", unit="%")
    assert [tick.words for tick in axis.ticks] == ticks
    assert axis.low <= low and axis.high >= high
    assert axis.ticks[0].at == "0.0%" and axis.ticks[-1].at == "100.0%"
    assert axis.words == f"Share: scale from {ticks[0]} to {ticks[-1]}%"


def test_every_plot_says_its_scale_and_the_figure_beside_each_mark_and_in_a_table() -> None:
    words = plots.DotWords(title="t", label="l", mean="Share", span="s", unit="%")
    for language, said in (("fr", "2,5\u00a0%"), ("en", "2.5%")):
        with translation.override(language):
            dots = plots.dots([plots.DotRow("cook", 2.5, 1, 3)], axis=(0, 4), words=words)
            of_dots = render_to_string("ui/plot_dots.html", {"plot": dots})
            people = bars(plots.BarRow("a", 3, "3 people"), words="People")
            of_bars = render_to_string("ui/plot_bars.html", {"plot": people})
        for text, beside in ((of_dots, said), (of_bars, "3 people")):
            assert f'<span class="plot__value n">{beside}</span>' in text
            assert 'class="plot__axis"' in text and 'class="tick"' in text and 'class="plot__scale"' in text
        assert 'cx="62.5%"' in of_dots and "<table" in of_dots


def test_a_dot_can_be_compared_with_a_stroke_and_the_key_left_out() -> None:
    words = plots.DotWords(title="t", label="l", mean="m", span="s", own="you", against="all")
    row = plots.DotRow("cook", 50, 40, 60, own=100, against=25, own_said="yes indeed")
    plot = plots.dots([row], axis=(0, 100), words=words)
    assert plot.dots[0].against == "25.0%"
    with_key = render_to_string("ui/plot_dots.html", {"plot": plot})
    without = render_to_string("ui/plot_dots.html", {"plot": plot, "keyless": True})
    assert "yes indeed" in with_key and 'class="against" x1="25.0%"' in with_key
    assert "plot__keys" in with_key and "plot__keys" not in without
