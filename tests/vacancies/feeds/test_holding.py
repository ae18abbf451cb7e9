"""A feed's ad with words that may not stand waits for the agency instead of being shown."""

from collections.abc import Callable

import pytest

from tests.personas import Town
from tests.vacancies.feeds.conftest import Record, Write
from visavis.common import clock
from visavis.vacancies import hiding
from visavis.vacancies import services as vacancies
from visavis.vacancies.feeds import services
from visavis.vacancies.models import Employer, FeedRunNote, Hiding, Report, Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BAD = "Vous avez entre 25 et 35 ans."
WORSE = f"{BAD} Envoyez votre RIB avec votre CV."


@pytest.fixture
def bring(town: Town, write: Write, record: Record) -> Callable[[str], Vacancy]:
    """Read the record with a text, as the source says it today."""

    def read(text: str) -> Vacancy:
        path = write([{**record, "description": text}])
        services.read_feed(source=services.Source("test", "france-travail", [path]), by=None)
        return Vacancy.objects.get(feed__name="test")

    return read


def test_it_waits_until_its_source_has_changed_it(bring: Callable[[str], Vacancy]) -> None:
    vacancy = bring(WORSE)
    assert vacancy.state == Vacancy.State.HIDDEN
    assert Report.objects.waiting().get().is_of_reading
    assert Hiding.objects.get().why == "money"
    assert "votre RIB" in FeedRunNote.objects.get(reason="held_for_words").value
    again = bring(WORSE)
    assert again.state == Vacancy.State.HIDDEN and Report.objects.count() == 1
    assert bring("Expérience bienvenue.").state == Vacancy.State.OPEN
    assert not Report.objects.waiting().exists()
    assert not Hiding.objects.filter(ended_at__isnull=True).exists()


def test_what_an_employer_says_of_itself_is_read_as_well(town: Town, write: Write, record: Record) -> None:
    for about, told in (("Une équipe. Envoyez votre RIB.", ""), ("Une petite équipe.", "Une petite équipe.")):
        its = {"nom": f"AU BON PAIN {len(about)}", "description": about}
        path = write([{**record, "id": f"about{len(about)}", "entreprise": its}])
        services.read_feed(source=services.Source(f"test {len(about)}", "france-travail", [path]), by=None)
        assert Employer.objects.get(name=its["nom"]).about == told
    assert "votre RIB" in FeedRunNote.objects.get(reason="employer_words_left_out").value


def test_what_somebody_hid_stays_hidden_whatever_its_source_says(
    town: Town, bring: Callable[[str], Vacancy]
) -> None:
    hiding.hide(vacancy=bring("Un texte."), why="not-a-job", by=town.people["bruno"])
    assert bring("Un autre texte.").state == Vacancy.State.HIDDEN


def test_what_the_agency_let_stand_stands_until_other_words_come(
    town: Town, bring: Callable[[str], Vacancy]
) -> None:
    vacancy = bring(BAD)
    with pytest.raises(vacancies.ForbiddenWords):
        vacancies.let_stand(vacancy=vacancy, legal_exception="non", by=town.people["bruno"])
    reason = "Un texte de loi fixe ces âges pour ce contrat."
    vacancies.let_stand(vacancy=vacancy, legal_exception=reason, by=town.people["bruno"])
    assert bring(f"Bonjour. {BAD}").state == Vacancy.State.OPEN
    assert bring(WORSE).state == Vacancy.State.HIDDEN


def test_an_employer_who_was_taken_down_comes_back_by_no_feed(bring: Callable[[str], Vacancy]) -> None:
    employer = bring("Une première annonce.").employer
    assert employer is not None
    Employer.objects.filter(pk=employer.pk).update(taken_down_at=clock.now())
    vacancy = bring("Une annonce écrite autrement.")
    assert vacancy.state == Vacancy.State.HIDDEN
    assert Hiding.objects.filter(vacancy=vacancy, ended_at__isnull=True).count() == 1
    assert bring("Et encore autrement.").state == Vacancy.State.HIDDEN
    assert Hiding.objects.count() == 1
