"""What lists and opinions say to the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.common.addresses import address
from visavis.common.prepared import Asked, Latest, Prepared
from visavis.matches.models import MatchList, Opinion
from visavis.people.models import User
from visavis.people.waiting import PROPOSALS, App, Event, Filter, Happened, Said, Urgency, Waiting
from visavis.vacancies.models import Vacancy

LISTS: Prepared[Any] = Prepared(
    lambda people: MatchList.objects.served().filter(jobseeker__in=people).values_list("jobseeker", "others")
)
OPEN = Prepared(
    lambda numbers: Vacancy.objects.open().filter(pk__in=numbers).order_by().values_list("pk", flat=True)
)
SAID = Latest(
    lambda person: Opinion.objects.filter(jobseeker=person).select_related("vacancy").order_by("-said_at")
)


def with_an_opening(people: Iterable[int]) -> set[int]:
    """Return those of some people in whose list an open vacancy stands, in four queries at most.

    Read list by list, and not through `Match`: to look for one place there, the database lays out every list.
    """
    asked = list(people)
    lists: dict[int, str] = dict(LISTS(asked)) if asked else {}
    # The first number is cut off the text of a list, which few need whole.
    first = {pk: _numbers(others.partition(",")[0]) for pk, others in lists.items()}
    found = _with_open(first)
    return found | _with_open({pk: _numbers(others) for pk, others in lists.items() if pk not in found})


def _numbers(others: str) -> list[int]:
    return [int(number) for number in others.strip("[] ").split(",") if number.strip()]


def _with_open(lists: dict[int, list[int]]) -> set[int]:
    """Return the owners of the lists in which an open vacancy stands."""
    among = {vacancy for others in lists.values() for vacancy in others}
    if not among:
        return set()
    is_open = set(OPEN(sorted(among)))
    return {pk for pk, others in lists.items() if not is_open.isdisjoint(others)}


def see_what_opens(person: Any) -> Waiting:
    return Waiting(
        gettext_lazy("No opening suits: see what one change would open."),
        address("matches:more_of", jobseeker_id=person.pk),
        Urgency.STUCK,
        label=gettext_lazy("Open more doors"),
    )


class Lists(App):
    """What lists and opinions say to the desk."""

    chapter = PROPOSALS
    filters = (
        Filter(
            "no-opening",
            gettext_lazy("No opening suits"),
            holds=lambda person, rows: person.is_looking and not rows,
            place=40,
            is_hot=True,
            to_do=see_what_opens,
        ),
    )

    is_course = False

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Any]]:
        """Return who has an opening: a fact of which nothing is told."""
        return {pk: [True] for pk in with_an_opening(person.pk for person in people)}

    def said_by_people(self) -> Said:
        return Said(Opinion.objects.all(), "jobseeker", "said_at")

    def lately(self, person: Any, most: int) -> Asked:
        """Return the question for what she says of vacancies today."""
        return SAID.of(most), (person.pk,)

    def happened(self, person: Any) -> Happened:
        return Happened(Opinion.objects.filter(jobseeker=person.pk).select_related("vacancy"), "said_at")

    def tell(self, rows: Iterable[Opinion], person: Any, actor: User) -> list[Event]:
        return [Event(row.said_at, opinion_words(row, actor, person.user_id)) for row in rows]


def opinion_words(row: Opinion, actor: User, person_id: int | None = None) -> str:
    said = str(row.get_kind_display())
    words = {
        "title": row.vacancy.title,
        "said": f"{said} ({str(row.get_reason_display()).lower()})" if row.reason else said,
    }
    if actor.pk == person_id:
        return _("You said of “%(title)s”: %(said)s.") % words
    if row.said_by_id == actor.pk:
        return _("Said of “%(title)s”, noted by you: %(said)s.") % words
    return _("Said of “%(title)s”: %(said)s.") % words
