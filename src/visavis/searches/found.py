"""What a search gives: openings with why they were found, what was understood, and what each choice would do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from visavis.searches.asked import Asked
from visavis.vacancies.models import Vacancy


@dataclass(frozen=True)
class Part:
    """A piece of a snippet; `is_hit` where it is one of the words asked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Opening:
    """One answer: the vacancy, how far off (None: not asked or not known), why it was found.

    `why` are whole sentences; `snippet` are the words around the best place of the text; `logit` is her own score,
    for somebody with a profile, else None.
    """

    vacancy: Vacancy
    km: float | None = None
    why: tuple[str, ...] = ()
    snippet: tuple[Part, ...] = ()
    logit: float | None = None


@dataclass(frozen=True)
class Choice:
    """One choice of a filter: how many openings it would leave; `pick` gives the search that makes or unmakes it."""

    value: str
    label: str
    count: int
    is_chosen: bool
    pick: Callable[[], Asked] = field(repr=False, compare=False)

    @property
    def asked(self) -> Asked:
        """Return that search: a page draws all choices and follows none."""
        return self.pick()


@dataclass(frozen=True)
class Filter:
    """One filter. `takes_away`: how many more there would be without it; `unsaid`: how many of these do not say."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    is_on: bool
    takes_away: int
    unsaid: int
    without: Asked


@dataclass(frozen=True)
class Understood:
    """Something the words were understood to mean; `words` are hers, `undone` the search that takes them literally.

    `kind` is "occupation", "place", "condition" or "spelling".
    """

    kind: str
    words: str
    label: str
    undone: Asked


@dataclass(frozen=True)
class Suggestion:
    """Another search that would find something: how many, and in a sentence why to try it."""

    label: str
    count: int
    asked: Asked


@dataclass(frozen=True)
class Found:
    """What was found: one page of openings, and everything that is said around it."""

    asked: Asked
    openings: tuple[Opening, ...] = ()
    total: int = 0
    pages: int = 0
    filters: tuple[Filter, ...] = ()
    understood: tuple[Understood, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    refused: str = ""
    """A sentence when the words cannot be searched, or only in part."""
    instead: str = ""
    """A sentence when nothing answers the words: what is shown comes nearest to them."""
    in_towns: Callable[[], Sequence[tuple[str, int]]] = field(default=tuple, repr=False)
    """Gives codes of communes and how many openings stand there, the fullest first, for a map of all that was found."""
