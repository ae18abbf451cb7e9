"""Occupations found by the titles people type."""

from collections.abc import Iterator

import pytest

from tests.factories import OccupationFactory, TitleFactory
from visavis.catalog import cache
from visavis.catalog.models import Edition, Occupation, Title
from visavis.catalog.titles import occupations_for, search_occupations
from visavis.common import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


@pytest.fixture(autouse=True)
def fresh_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the index from one test to the next: it is built again when the titles differ."""
    monkeypatch.setattr(cache.PerEdition, "checks_every_s", 0.0)
    monkeypatch.setattr(cache.PerEdition, "counts_every_s", 0.0)


@pytest.fixture
def changed() -> Iterator[None]:
    """Forget the index before and after a test that changes the titles."""
    cache.forget_all()
    yield
    cache.forget_all()


def test_known_and_advertised_titles_get_their_occupations() -> None:
    for typed, language, code in (
        ("plonbier", "fr", "F1603"),
        ("aide soignante", "fr", "J1501"),
        ("boulangere", "fr", "D1102"),
        ("hairdresser", "fr", "D1202"),
        ("boulanger", "en", "D1102"),
        ("plumber", "en", "F1603"),
        ("boulanger " + "x" * 10_000, "fr", "D1102"),
    ):
        assert search_occupations(typed, language=language)[0].occupation.code == code
    assert "Boulang" in search_occupations("boulan", language="fr")[0].title
    assert "aker" in search_occupations("bake", language="en")[0].title
    for typed in ("", "  ", "!!!"):
        assert search_occupations(typed, language="fr") == []
    found = search_occupations("agent", language="fr", limit=5)
    codes = [one.occupation.code for one in found]
    assert len(codes) == len(set(codes)) <= 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    scores = [one.score for one in search_occupations("boulanger", language="fr", limit=20)]
    assert min(scores) >= 0.25 * max(scores) - 0.001
    found = occupations_for(["Boulanger H/F - CDI 35h"])[0]
    assert found is not None
    assert found[0].code == "D1102" and 0.5 < found[1] < 1
    answers = occupations_for(["Plombier", "", "Hairdresser", "Boulanger"])
    assert [answer and answer[0].code for answer in answers] == ["F1603", None, "D1202", "D1102"]
    assert occupations_for([]) == []


def test_a_new_title_is_found_and_none_that_is_not_current(
    changed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    occupation = OccupationFactory(code="D1102")
    TitleFactory(code="old", occupation=occupation, label="Xyzzyqw", is_current=False)
    assert search_occupations("xyzzyqw", language="fr") == []
    TitleFactory(code="new", occupation=occupation, label="Xyzzyqw")
    assert search_occupations("xyzzyqw", language="fr")[0].occupation.code == "D1102"
    # An import is seen though nothing is counted.
    monkeypatch.setattr(cache.PerEdition, "counts_every_s", 60.0)
    TitleFactory(code="newer", occupation=occupation, label="Wyvvkj")
    assert search_occupations("wyvvkj", language="fr") == []
    Edition.objects.create(source="rome", done_at=clock.now())
    assert search_occupations("wyvvkj", language="fr")
    cache.forget_all()
    Title.objects.all().delete()
    Occupation.objects.update(is_current=False)
    assert search_occupations("boulanger", language="fr") == []
    assert occupations_for(["boulanger"])[0] is None
