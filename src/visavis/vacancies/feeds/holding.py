"""A feed's ad is read before anybody sees it: with words that may not stand, it waits for the agency."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from visavis.common import clock
from visavis.vacancies import fairness, lawful_pay
from visavis.vacancies.feeds.records.vacancy import Note
from visavis.vacancies.models import Hiding, Report, Vacancy, Why

State = Vacancy.State


@dataclass
class Holding:
    """The ads of one batch that are held back, each with what was found in it."""

    held: dict[str, list[fairness.Warning]] = field(default_factory=dict)
    free: list[Vacancy] = field(default_factory=list)
    of_taken_down: set[str] = field(default_factory=set)

    def judge(self, vacancy: Vacancy, said_before: frozenset[str], *, is_taken_down: bool = False) -> None:
        """Say whether an ad is shown: what somebody hid is not, what the agency let stand is, while it is so.

        Nothing of an employer whom the agency has taken down is.
        """
        if is_taken_down:
            if vacancy.state != State.HIDDEN:
                self.of_taken_down.add(vacancy.feed_key)
            vacancy.state = State.HIDDEN
            return
        found = read(vacancy)
        if vacancy.legal_exception and {one.words for one in found} - said_before:
            vacancy.legal_exception = ""
        if found and not vacancy.legal_exception:
            if vacancy.state != State.HIDDEN:
                self.held[vacancy.feed_key] = found
            vacancy.state = State.HIDDEN
        elif vacancy.state != State.HIDDEN:
            vacancy.state = State.OPEN
        elif is_held_by_reading(vacancy):
            vacancy.state = State.OPEN
            self.free.append(vacancy)

    def write(self, saved: Iterable[Vacancy]) -> None:
        """Say of each held ad that it waits, and of each that may be shown now that it no longer does."""
        saved = list(saved)
        down = [vacancy for vacancy in saved if vacancy.feed_key in self.of_taken_down]
        Hiding.objects.bulk_create(Hiding(vacancy=vacancy, why=Why.NOT_A_JOB) for vacancy in down)
        rows = [vacancy for vacancy in saved if vacancy.feed_key in self.held]
        why = {vacancy.pk: why_of(self.held[vacancy.feed_key]) for vacancy in rows}
        Hiding.objects.bulk_create(Hiding(vacancy=vacancy, why=why[vacancy.pk]) for vacancy in rows)
        Report.objects.bulk_create(
            Report(vacancy=vacancy, why=why[vacancy.pk], is_of_reading=True) for vacancy in rows
        )
        now = clock.now()
        Hiding.objects.filter(vacancy__in=self.free, ended_at__isnull=True).update(ended_at=now)
        Report.objects.waiting().filter(vacancy__in=self.free, is_of_reading=True).update(settled_at=now)

    def notes(self) -> Iterator[tuple[str, Note]]:
        """Say in the run which ads wait, and for which words."""
        for key, found in self.held.items():
            yield key, Note("description", "held_for_words", ", ".join(one.words for one in found))


def words_before(vacancy: Vacancy) -> frozenset[str]:
    """Return the words that the agency let stand in an ad, as it was before it is written anew."""
    if not vacancy.legal_exception:
        return frozenset()
    return frozenset(one.words for one in read(vacancy))


def read(vacancy: Vacancy) -> list[fairness.Warning]:
    """Return what may not stand in an ad: its words, and pay below the law."""
    found = fairness.warnings(vacancy.title, vacancy.description)
    low = lawful_pay.shortfall(vacancy)
    return [*found, fairness.of_pay(low.sentence)] if low else found


def is_held_by_reading(vacancy: Vacancy) -> bool:
    """Say whether nobody hid an ad, but its reading alone."""
    return vacancy.hidings.filter(ended_at__isnull=True, by__isnull=True).exists()


def why_of(found: list[fairness.Warning]) -> Why:
    return Why.MONEY if any(one.is_of_money for one in found) else Why.DISCRIMINATION
