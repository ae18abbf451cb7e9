"""What may be done with a vacancy, and what is refused."""

import datetime as dt
from typing import Any

import pytest

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.vacancies import services
from visavis.vacancies.models import SkillAsked, Vacancy
from visavis.vacancies.questions import QUESTIONS
from visavis.vacancies.questions.form import digest

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=30)


def seen(vacancy: Vacancy, slug: str) -> str:
    return digest(QUESTIONS[slug].form.given(vacancy))


def answer(town: Town, vacancy: Vacancy, slug: str, stale: str = "", **values: Any) -> Vacancy:
    """Answer a question as Chloé, who sees the answers as they are, or as they were."""
    return services.answer(
        vacancy=vacancy,
        question=QUESTIONS[slug],
        values=values,
        seen=stale or seen(vacancy, slug),
        by=town.people["chloe"],
    )


def publish(town: Town, vacancy: Vacancy, **more: Any) -> Vacancy:
    more = {"closes_on": clock.today() + SOON, **more}
    return services.publish(vacancy=vacancy, by=town.people["chloe"], **more)


@pytest.mark.database
def test_an_answer_is_kept_and_journalled_and_one_nobody_saw_is_never_overwritten(town: Town) -> None:
    stale, words = seen(town.draft, "work"), seen(town.draft, "words")
    kept = answer(town, town.draft, "work", title="First tab")
    assert (kept.title, kept.version) == ("First tab", 2)
    entry = Entry.objects.get(thing="vacancy", thing_id=str(kept.pk))
    assert (entry.actor_id, entry.action, entry.note) == (town.people["chloe"].pk, "changed", "work")
    with pytest.raises(services.StaleAnswer) as refusal:
        answer(town, town.draft, "work", stale, title="Second tab")
    assert refusal.value.stored == {"name": "First tab"}
    # Two tabs may answer two questions.
    answer(town, town.draft, "words", words, positions=3)
    kept = Vacancy.objects.get(pk=town.draft.pk)
    assert (kept.title, kept.positions) == ("First tab", 3)


def test_a_draft_opens_with_a_title_and_a_place_for_up_to_ninety_days(town: Town) -> None:
    draft = Vacancy.objects.filter(pk=town.draft.pk)
    whole = draft.values("title", "commune", "latitude", "longitude").get()
    for lacking in ({"title": ""}, {"commune": None, "latitude": None, "longitude": None}):
        draft.update(**whole | lacking)
        with pytest.raises(services.NotReady):
            publish(town, town.draft)
        assert draft.get().state == Vacancy.State.DRAFT
    draft.update(**whole)
    for days in (-1, 91):
        with pytest.raises(services.WrongDay):
            publish(town, town.draft, closes_on=clock.today() + dt.timedelta(days=days))
    opened = publish(town, town.draft, closes_on=clock.today() + dt.timedelta(days=90))
    assert opened.state == Vacancy.State.OPEN and opened.published_at
    assert Entry.objects.filter(thing="vacancy", note="published").exists()


def test_forbidden_words_may_be_drafted_and_only_the_agency_lets_them_stand_with_a_reason(town: Town) -> None:
    kept = answer(town, town.draft, "words", description="Femme uniquement", positions=1)
    bruno, why = town.people["bruno"], "The part is that of a woman, in a play."
    assert kept.description == "Femme uniquement"
    with pytest.raises(services.ForbiddenWords):
        publish(town, kept)
    for reason, by in (("because", bruno), (why, town.people["chloe"])):
        with pytest.raises(services.ForbiddenWords):
            services.publish(vacancy=kept, closes_on=clock.today() + SOON, legal_exception=reason, by=by)
    opened = services.publish(vacancy=kept, closes_on=clock.today() + SOON, legal_exception=why, by=bruno)
    assert opened.legal_exception == why
    assert Entry.objects.filter(note="legal-exception", actor_id=bruno.pk).exists()


def test_an_open_vacancy_takes_no_forbidden_words_and_keeps_its_place(town: Town) -> None:
    with pytest.raises(services.ForbiddenWords):
        answer(town, town.vacancy, "words", description="Nationalité française exigée", positions=1)
    assert Vacancy.objects.get(pk=town.vacancy.pk).description == ""
    with pytest.raises(services.NotReady):
        answer(town, town.vacancy, "place", commune=None, latitude=None, longitude=None)
    assert Vacancy.objects.get(pk=town.vacancy.pk).commune_id


@pytest.mark.database
@pytest.mark.parametrize(("is_filled", "state"), [(True, "filled"), (False, "closed")])
def test_closing_says_why_and_happens_once(town: Town, is_filled: bool, state: str) -> None:
    closed = services.close(vacancy=town.vacancy, is_filled=is_filled, by=town.people["chloe"])
    assert closed.state == state
    with pytest.raises(services.WrongState):
        services.close(vacancy=town.vacancy, is_filled=is_filled, by=town.people["chloe"])


def test_a_copy_has_the_same_answers_and_none_of_the_dates_and_pay_follows_the_hours(town: Town) -> None:
    SkillAsked.objects.create(vacancy=town.vacancy, skill=factories.SkillFactory(), is_essential=True)
    Vacancy.objects.filter(pk=town.vacancy.pk).update(closes_on=clock.today(), legal_exception="x" * 30)
    twin = services.copy(vacancy=town.vacancy, by=town.people["chloe"])
    assert twin.pk != town.vacancy.pk
    assert (twin.state, twin.title, twin.closes_on, twin.legal_exception) == ("draft", "Boulanger", None, "")
    assert twin.skills_asked.get().skill_id == "S0001"
    assert town.vacancy.skills_asked.count() == 1
    said = {"low": "2000", "high": "", "period": "month"}
    kept = answer(town, town.draft, "contract", pay_said=said, pay_min_hour=13.19, pay_max_hour=13.19)
    kept = answer(town, kept, "place", hours_min=20, hours_max=20)
    assert str(kept.pay_min_hour) == "23.08"
