"""What an audit says, in English or French: one sentence for each comparison."""

import re
from dataclasses import dataclass

from visavis.common.wordlists import words_beside
from visavis.engine.fairness.closing import Closing
from visavis.engine.fairness.gaps import TOO_FEW, Estimate
from visavis.engine.fairness.outcomes import MORE_IS_WORSE, OTHERS, Comparison


@dataclass(frozen=True)
class Words:
    """Every word of one language. A measure is its name, its unit, its decimals and by what it is multiplied."""

    measures: dict[str, tuple[str, str, int, float]]
    others: str
    all: str
    alike: str
    verdicts: dict[str, str]
    interval: str
    worse: str
    share: str
    table: tuple[str, ...]
    chance: str
    closed: dict[str, str]
    price: str
    axis: str


LANGUAGES = {code: Words(**words) for code, words in words_beside(__file__, "audit_words.toml").items()}


@dataclass(frozen=True)
class Speaker:
    """Says comparisons in one language; `names` are those of the groups, `strata` of the columns compared within."""

    language: str
    strata: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        return LANGUAGES[self.language]

    def typeset(self, text: str) -> str:
        """Put true minus signs, spaces that do not break, and the French decimal comma."""
        if self.language == "fr":
            text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
            text = re.sub(r" (?=[:;?!»%€])|(?<=«) ", "\u00a0", text)
        text = re.sub(r"(?<![\w-])-(?=\d)", "−", text)
        return re.sub(r"(?<=\d) (?=km|€|%)", "\u00a0", text)

    def value(self, measure: str, number: float) -> str:
        """Write a number of a measure with its unit.

        >>> Speaker("fr").value("recall", 0.125)
        '12,5\\xa0%'
        """
        _name, unit, decimals, scale = self.words.measures[measure]
        return self.typeset(f"{scale * number + 0.0:.{decimals}f} {unit}".strip())

    def gap(self, measure: str, number: float) -> str:
        """Write a gap with its unit: that of two shares is in points.

        >>> Speaker("en").gap("recall", 0.125), Speaker("en").gap("pay", 0.5)
        ('12.5 points', '0.50\\xa0€/h')
        """
        return self.value(measure, number).replace("\u00a0%", " points")

    def against(self, found: Comparison, names: list[str]) -> str:
        """Name the other side."""
        return self.words.others if found.against == OTHERS else names[found.against]

    def heading(self, found: Comparison, names: list[str]) -> str:
        """Say what is compared.

        >>> from visavis.engine.fairness.gaps import UNKNOWN as u
        >>> few = Comparison("pay", 0, 1, 0, 0, 0, 0, 0, u, u, TOO_FEW, TOO_FEW)
        >>> Speaker("en").heading(few, ["F", "M"])
        'F / M, pay of what is proposed'
        """
        return f"{names[found.group]} / {self.against(found, names)}, {self.words.measures[found.measure][0]}"

    def all(self, found: Comparison, names: list[str]) -> str:
        """Say the gap among all."""
        said = self._verdict(found, found.all, found.verdict, names)
        return self.typeset(f"{self.words.all}{self._colon()} {said}")

    def alike(self, found: Comparison, names: list[str]) -> str:
        """Say the gap among people alike; nothing when nobody asked."""
        if not self.strata:
            return ""
        start = self.words.alike.format(strata=", ".join(self.strata)) + self._colon() + " "
        said = self._verdict(found, found.alike, found.verdict_alike, names)
        if found.verdict_alike != TOO_FEW:
            said += self.words.share.format(share=f"{100 * found.alike.share:.0f} %")
        return self.typeset(start + said)

    def _colon(self) -> str:
        return " :" if self.language == "fr" else ":"

    def _verdict(self, found: Comparison, gap: Estimate, code: str, names: list[str]) -> str:
        text = self.words.verdicts[code]
        if code == TOO_FEW:
            return text
        low, high = (gap.low, gap.high) if gap.gap >= 0 else (-gap.high, -gap.low)
        numbers = {
            "gap": abs(gap.gap),
            "low": low,
            "high": high,
            "most": max(-low, high),
            "margin": found.margin,
        }
        value = {key: self.gap(found.measure, number) for key, number in numbers.items()}
        is_behind = (gap.gap < 0) != (found.measure in MORE_IS_WORSE)
        behind = names[found.group] if is_behind else self.against(found, names)
        interval = self.words.interval.format(**value)
        # Farther is neither worse nor better by itself: some go far because they can.
        worse = "" if found.measure == "distance" else self.words.worse.format(name=behind)
        return text.format(**value, interval=interval, worse=worse)

    def closing(self, measure: str, done: Closing) -> str:
        """Say what closing a gap did, and what it costs."""
        gaps = {"before": self.gap(measure, done.before), "after": self.gap(measure, done.after)}
        price = f"{100 * done.price:.2f}"
        said = (
            self.words.closed["fully" if done.is_closed else "in_part"].format(**gaps),
            self.words.price.format(price=price),
        )
        return self.typeset(" ".join(said))
