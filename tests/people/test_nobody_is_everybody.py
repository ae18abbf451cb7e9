"""An empty identifier is nobody's: no blank e-mail, number, card, code or name finds anybody, wherever it is asked.

Elsewhere an empty number matched the first person without one, and 842 applications went to a stranger’s file.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.personas import Town
from visavis.agencies import team
from visavis.employers import members
from visavis.jobseekers import finding
from visavis.jobseekers import services as jobseekers
from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes.mail import filing as mail
from visavis.mailboxes.mail.parsing import Mail
from visavis.mailboxes.texts import filing as texts
from visavis.mandates import services as mandates
from visavis.mandates.errands import Code
from visavis.news.post import letters
from visavis.people import accounts
from visavis.people.addresses import Address
from visavis.people.enums import Channel
from visavis.people.identity import services as identity
from visavis.people.identity.protocol import NotBelieved, subject_in
from visavis.people.models import User
from visavis.scans import suggesting
from visavis.scans.covers import meaning
from visavis.stations import badges, enrolling
from visavis.vault.fields import is_blank

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# What is typed, sent or read where an identifier should stand, and names nobody.
SIGNS = " \t\n\r\xa0\u200b\u200d\ufeff\u00ad\0+-–—_.,;:/\\()[]{}<>@#*'\"’·…"
BLANKS = ["", " ", "\xa0", "\u200b", "+", "-", "()", "@", "…", "' '", "\0"]


def nobody_by_an_error(*errors: type[Exception]) -> Callable[[Callable[[], Any]], Any]:
    """Ask, where nobody is said by an error."""

    def ask(asked: Callable[[], Any]) -> Any:
        try:
            return asked()
        except errors:
            return None

    return ask


def everywhere(town: Town, blank: str) -> dict[str, Any]:
    """Ask for a person by a blank identifier in every place that finds one; what is found, by place."""
    everybody = Jobseeker.objects.all()
    known = finding.known(everybody)
    newcomer = jobseekers.Newcomer(name="x", language="fr", channel=Channel.COUNTER, email=blank, phone=blank)
    refused = nobody_by_an_error
    return {
        "sign-in by e-mail": accounts.find(Address("email", blank)),
        "sign-in by phone": accounts.find(Address("phone", blank)),
        "mail in": mail.sender_of(Mail(sender=blank)),
        "SMS in": texts.sender_of(texts.Text(blank, "oui")),
        "search at the desk": finding.find(blank, known, parts=True),
        "search of the tray": finding.find(blank, known, parts=False),
        "search at reception": list(finding.within(everybody, blank)),
        "search by a whole name": list(finding.named_whole(everybody, blank)),
        "suggested for a scan": suggesting.suggested(blank, everybody),
        "who is registered already": jobseekers.same_address(newcomer),
        "another service’s identity": identity.owner(blank),
        "the code of a letter": letters.opened_by(blank),
        "the code of a cover sheet": meaning._of_cover(blank).person,
        "the code of a colleague": refused(team.WrongCode)(
            lambda: team.accept(code=blank, email=blank, language="fr")
        ),
        "the code of an employer": members.invitation_of(blank),
        "a card": refused(badges.WrongPin)(lambda: badges.proven(code=blank, pin=blank)),
        "a station’s code": refused(enrolling.WrongCode)(
            lambda: enrolling.enrol(code=blank, is_machine=False)
        ),
        "a mandate’s code": refused(mandates.WrongCode)(
            lambda: mandates.take(code=blank, helper=mandates.Newcomer("x", blank, "fr"))
        ),
    }


@pytest.fixture
def bare(town: Town) -> Town:
    """A town in which several have no e-mail and no number, of the same name, born nobody knows when."""
    for _ in range(3):
        factories.JobseekerFactory(
            user__name="Jean Martin", user__email=None, user__phone=None, agency=town.agency
        )
    nameless = factories.JobseekerFactory(user__name="—", user__email=None, agency=town.agency)
    User.objects.filter(pk=nameless.user_id).update(phone=None)
    # Codes that wait for somebody: a blank must not be one of them.
    her = town.people["amelie"]
    mandates.offer(person=her, asked=mandates.Asked(31, [Code.READ_MESSAGES]), by=her)
    enrolling.add(agency=town.agency, name="Poste 1", by=town.people["hugo"])
    return town


def test_no_place_finds_anybody_by_any_blank_at_all(bare: Town) -> None:
    def asked(blank: str) -> None:
        assert is_blank(blank)
        assert not {place: who for place, who in everywhere(bare, blank).items() if who}

    for blank in BLANKS:
        asked(blank)
    given(st.text(st.sampled_from(SIGNS), max_size=12))(asked)()
    # The beginning of every number is no number and none is not all who have none.
    everybody = Jobseeker.objects.all()
    without = [one for one in finding.known(everybody) if not one.phone]
    assert without
    for typed in ("0", "00", "(0)", "+33", "0033", "000000"):
        assert not finding.within(everybody, typed) and not finding.named_whole(everybody, typed)
        assert not finding.find(typed, finding.known(everybody), parts=False)
        assert not finding.find(typed, without, parts=True)
    for field in ("email", "phone"):
        assert User.objects.filter(**{f"{field}__isnull": True}).count() > 3
        assert not User.objects.filter(**{field: None}).exists()
        assert not User.objects.filter(**{f"{field}__in": [None, "", "  "]}).exists()
        assert accounts.find(Address(field, None)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("blank", [" ", "\u200b", "()", "\0"])
def test_a_blank_contact_is_kept_as_none_and_closes_no_account(bare: Town, blank: str) -> None:
    some = [User(name=f"Personne {at}", email=blank, phone=blank) for at in range(2)]
    for one in some:
        one.save()
    User.objects.bulk_create([User(name="Une autre", email=blank, phone=blank)])
    kept = User.objects.filter(name__in=["Personne 0", "Personne 1", "Une autre"])
    assert [(one.email, one.phone) for one in kept] == [(None, None)] * 3
    assert not any(one.can_sign_in_alone for one in kept)
    for typed in (blank, ""):
        with pytest.raises((CommandError, ValueError)):
            call_command("close_account", typed)
    assert User.objects.filter(is_active=False).count() == 0


@pytest.mark.parametrize("subject", [None, "", "  ", "-", 0])
def test_another_service_that_names_nobody_opens_no_account(subject: object) -> None:
    with pytest.raises(NotBelieved):
        subject_in({"sub": subject})
    assert subject_in({"sub": "a1"}) == "a1"


def test_a_helper_with_a_blank_address_is_nobody_who_is_there(bare: Town) -> None:
    there = set(User.objects.values_list("pk", flat=True))
    named = mandates.Named(email="  ", name="Sans adresse")
    asked = mandates.Asked(31, [Code.READ_MESSAGES])
    try:
        row = mandates.prepare(person=bare.people["amelie"], asked=asked, named=named, by=bare.people["rosa"])
    except Exception:  # noqa: BLE001  (to refuse is right too)
        return
    assert row.helper_id not in there


def test_of_homonyms_none_is_taken_for_another_where_nobody_chooses(bare: Town) -> None:
    """A name alone files nothing: mail, text messages and newcomers are known by what is one person’s own."""
    sent = Mail(sender="jean.martin@example.org", sender_name="Jean Martin")
    assert mail.sender_of(sent) is None
    newcomer = jobseekers.Newcomer(name="Jean Martin", language="fr", channel=Channel.COUNTER)
    assert not jobseekers.same_address(newcomer)
    before = Jobseeker.objects.filter(user__name="Jean Martin").count()
    jobseekers.register(newcomer=newcomer, agency=bare.agency, counsellor=None, by=bare.people["rosa"])
    assert Jobseeker.objects.filter(user__name="Jean Martin").count() == before + 1
    found = suggesting.suggested("Lettre de Jean Martin", Jobseeker.objects.all())
    assert len(found) == before + 1 and len({one.apart for one in found}) >= 1
