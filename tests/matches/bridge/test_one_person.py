"""One person before some of the vacancies: what she is told of each is what she is told of it among all."""

from collections.abc import Iterator

import numpy as np
import pytest

from tests.matches.bridge.test_layers import Random
from visavis.engine.score import candidates
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import in_memory, one_person
from visavis.searches import services
from visavis.searches.asked import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Random]:
    made = Random(7)
    made.build(people=6, vacancies=60)
    in_memory.WORK.ready()
    yield made
    in_memory.forget()


@pytest.mark.parametrize("is_one_by_one", [True, False], ids=["pair by pair", "by a map"])
def test_what_suits_her_among_some_is_what_suits_her_among_all(
    town: Random, is_one_by_one: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = in_memory.WORK.at_hand()
    some = work.ids[np.flatnonzero(town.rng.random(len(work)) < 0.4)]
    for person in Jobseeker.objects.all():
        monkeypatch.setattr(candidates, "FEW_PAIRS", 0)
        whole = one_person.suited(work, person)
        monkeypatch.setattr(candidates, "FEW_PAIRS", 2_000 if is_one_by_one else 0)
        few = one_person.suited(work, person, some)
        among = np.isin(whole.suited, some)
        assert few.suited.tolist() == whole.suited[among].tolist()
        assert few.logits.tolist() == whole.logits[among].tolist()
        assert few.allowed.tolist() == whole.allowed[np.isin(whole.allowed, some)].tolist()
    assert len(few.allowed) < len(whole.allowed)
    none = one_person.suited(work, person, np.zeros(0, np.int64))
    assert not len(none.suited) and not len(none.allowed) and not len(none.logits)


@pytest.mark.parametrize("words", ["boulanger", ""], ids=["few answer", "all answer"])
def test_who_turns_pages_is_scored_once_for_what_she_asks(
    town: Random, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    whole = one_person.suited

    def counted(*given: object) -> one_person.Suited:
        seen.append(given)
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(one_person, "suited", counted)
    monkeypatch.setattr(services, "FEW", 0.9)
    person = Jobseeker.objects.earliest("pk")
    for page in (1, 2, 1):
        services.find(Asked(words=words, page=page), language="fr", page_size=3, jobseeker=person)
    assert len(seen) == 1
    services.find(Asked(words="maçon"), language="fr", jobseeker=person)
    assert len(seen) == 2
