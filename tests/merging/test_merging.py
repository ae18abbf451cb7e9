"""Two files of one person become one and two again: whose each row is, by whose key it rests, byte for byte."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction

from tests import factories
from tests.merging.two_files import Two, anew, everything, sealed_by, two_files
from tests.personas import Town
from visavis.casefiles import plans
from visavis.casefiles.enums import Kind, Side
from visavis.casefiles.models import Plan
from visavis.casefiles.plans import Origin, Wanted
from visavis.common import clock, keeping, merging
from visavis.documents import files
from visavis.documents.models import Original
from visavis.jobseekers.models import Jobseeker, SkillHeld, WantedOccupation
from visavis.journal.models import Entry
from visavis.leaving.models import Hold
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message, Thread
from visavis.mailboxes.services import Written
from visavis.merging import facts, services, telling
from visavis.merging.ledger import MergeBook
from visavis.merging.models import Cell, Merge
from visavis.news.models import Envelope, News
from visavis.people.models import User
from visavis.vault.models import PersonKey

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def without_telling(found: dict[str, Any]) -> dict[str, Any]:
    told = {f":{pk}" for pk in News.objects.filter(thing=Merge.THING).values_list("pk", flat=True)}
    return {
        name: value
        for name, value in found.items()
        if not (name.startswith("news.News.") and any(name.endswith(one) for one in told))
    }


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_all_that_moves_is_the_others_and_rests_by_her_key(two: Two) -> None:
    goes, stays = two.goes.user, two.stays.user
    hers = Message.objects.filter(author=goes).first()
    thread, said, body = hers.thread, hers.thread.subject, hers.body
    envelope, pk = two.town.envelope, two.town.thread.pk
    before = sealed_by(goes)
    two.merge()
    # What opens an account stays with it, and so does what is choosen of two.
    left = {
        "people.User.email",
        "people.User.phone",
        "people.User.postal_address",
        "people.LinkedIdentity.subject",
    }
    left |= {"appointments.OutsideCalendar.address", "documents.Partial.said", "jobseekers.Jobseeker.about"}
    left |= {"news.News.title", "casefiles.Plan.hurdles"}
    assert sealed_by(goes) <= left, sealed_by(goes) - left
    assert before - left <= sealed_by(stays), before - left - sealed_by(stays)
    thread = Thread.objects.get(pk=thread.pk)
    assert (thread.person, thread.subject) == (stays, said)
    message = Message.objects.get(pk=hers.pk)
    assert (message.author, message.body) == (stays, body)
    # A letter's code goes on opening what it named.
    there = Envelope.objects.opening().get(pk=envelope.pk)
    assert there.news.user == stays
    assert there.code and there.address
    assert Thread.objects.visible_to(there.news.user).filter(pk=pk).exists()


def test_nothing_but_what_is_said_to_stay_names_the_emptied_account(two: Two) -> None:
    two.merge()
    stay = {str(one) for one in [*merging.said().stays, *merging.said().if_free]}
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            about = {User: two.goes.user_id, Jobseeker: two.goes.pk}.get(field.related_model)
            if about and model._meta.managed and model._base_manager.filter(**{field.name: about}).exists():
                found.add(f"{model._meta.label}.{field.name}")
    # She is told by the addresses of both, which the file that stays has now.
    assert not found - stay


def test_what_came_from_each_is_given_back_byte_for_byte(two: Two) -> None:
    before = everything()
    row = two.merge(name=True, email=True, phone=True, address=False, channel=True, follower=True)
    assert len(differing(before, everything())) > 100
    services.undo(row=row, by=two.town.people["hugo"])
    assert differing(before, without_telling(everything())) == set()
    assert not Cell.objects.exists()
    assert User.objects.get(pk=two.goes.user_id).is_active


@pytest.mark.parametrize("where", ["move", "seal_anew", "close", "told"])
def test_killed_half_way_nothing_was_done(small: Two, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    town, _thread = small.town, small.town.thread
    before = everything()

    def stop(*_some: object, **_more: object) -> None:
        raise KeyboardInterrupt

    if where == "told":
        monkeypatch.setattr(telling, "tell", stop)
    else:
        done: Callable[..., None] = getattr(MergeBook, where)

        def half(*some: Any, **more: Any) -> None:
            done(*some, **more)
            if where != "move" or Thread.objects.filter(person=small.stays.user).exists():
                raise KeyboardInterrupt

        monkeypatch.setattr(MergeBook, where, half)
    with pytest.raises(KeyboardInterrupt):
        small.merge()
    assert differing(before, everything()) == set()
    assert not Merge.objects.exists() and town.people["amelie"].is_active


def test_an_undo_that_is_killed_leaves_the_merge(small: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    row = small.merge()
    before = everything()
    monkeypatch.setattr(facts, "put_back", lambda *_some: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.undo(row=row, by=None)
    assert differing(before, everything()) == set()
    assert Merge.objects.get().may_be_undone and Cell.objects.exists()


def test_what_came_since_stays_with_the_file_that_stayed(small: Two) -> None:
    stays, goes = small.stays.user, small.goes.user
    thread = small.town.thread
    row = small.merge(name=True, email=True, phone=True)
    written = Written(body="Depuis.", voice=Voice.THEIRS, author=stays)
    since = mailboxes.begin(
        person=User.objects.get(pk=stays.pk), subject="Après", written=written, by=stays
    ).thread
    answer = mailboxes.write(
        thread=Thread.objects.get(pk=thread.pk),
        written=Written(body="Une réponse.", voice=Voice.OURS, author=small.town.people["bruno"]),
        by=small.town.people["bruno"],
    )
    later = User.objects.get(pk=stays.pk)
    later.phone = "+33700000001"
    later.save()
    services.undo(row=row, by=None)
    assert Thread.objects.get(pk=since.pk).person == stays
    assert Thread.objects.get(pk=thread.pk).person == goes
    # What was answered in her thread goes back with it, and rests by her key.
    assert Message.objects.get(pk=answer.pk).body == "Une réponse."
    assert Message.objects.get(pk=answer.pk).__dict__["body"]
    assert User.objects.get(pk=stays.pk).phone == "+33700000001"
    assert User.objects.get(pk=goes.pk).phone == "+33612345678"
    assert "mailboxes.Message.body" in sealed_by(goes)


def test_an_address_that_is_anothers_meanwhile_is_not_given_back(small: Two) -> None:
    row = small.merge(email=True)
    one = User.objects.get(pk=small.stays.user_id)
    one.email = None
    one.save()
    User.objects.create_user("Une autre", email="amelie@example.org")
    services.undo(row=row, by=None)
    assert User.objects.get(pk=small.goes.user_id).email is None
    assert User.objects.get(name="Une autre").email == "amelie@example.org"


def test_two_plans_and_the_skills_of_both_are_one_and_two_again(small: Two) -> None:
    bruno = Origin(small.town.people["bruno"], Side.AGENCY)
    for one, words in ((small.goes, "Passer le permis"), (small.stays, "Apprendre l’anglais")):
        plans.add(person=one.user, kind=Kind.GOAL, wanted=Wanted(words), origin=bruno)
    plans.put_hurdles(person=small.goes.user, shown=["health"], hidden=[], origin=bruno)
    both, only = factories.SkillFactory(code="S1"), factories.SkillFactory(code="S2")
    for skill in (both, only):
        SkillHeld.objects.create(jobseeker=small.goes, skill=skill, level=1)
    SkillHeld.objects.create(jobseeker=small.stays, skill=both, level=2)
    before = everything()
    row = small.merge()
    plan = Plan.objects.get(person=small.stays.user)
    assert [item.words for item in plan.items.order_by("pk")] == ["Passer le permis", "Apprendre l’anglais"]
    assert [step.number for step in plan.steps.all()] == list(range(1, plan.version + 1))
    assert plan.hurdles == [["health", True]]
    held = SkillHeld.objects.filter(jobseeker=small.stays).values_list("skill", "level")
    assert set(held) == {(both.pk, 2), (only.pk, 1)}
    services.undo(row=row, by=None)
    assert differing(before, without_telling(everything())) == set()


def test_a_profile_is_completed_and_never_overwritten(
    small: Two,
) -> None:
    Jobseeker.objects.filter(pk=small.goes.pk).update(radius_km=20, minutes=40, transport="car")
    Jobseeker.objects.filter(pk=small.stays.pk).update(radius_km=5)
    for number, one in enumerate((small.goes, small.stays)):
        WantedOccupation.objects.create(jobseeker=one, position=1, typed=f"métier {number}")
    merge = small.merge(follower=True)
    row = anew(small.stays)
    assert (row.radius_km, row.minutes, row.transport) == (5, 40, "car")
    assert [one.typed for one in row.wishes.all()] == ["métier 1", "métier 0"]
    followed = Jobseeker.objects.followed_now()
    assert list(followed.acted_for_by(small.town.people["bruno"])) == [small.stays]
    services.undo(row=merge, by=None)
    assert list(followed.acted_for_by(small.town.people["bruno"])) == [small.goes]


def test_files_of_documents_open_by_the_other_key_and_the_former_ones_wait_for_an_undo(small: Two) -> None:
    name = files.keep(b"octets", person=small.goes.user_id)
    document = small.town.document
    original = Original.objects.create(document=document, number=1, file=name, size=6, digest="x")
    row = small.merge()
    other = Original.objects.get(pk=original.pk).file
    assert other != name
    assert files.content(other, person=small.stays.user_id) == b"octets"
    assert name in {one for ask in files.NAMED_BY for one in ask([name])}
    services.undo(row=row, by=None)
    assert Original.objects.get(pk=original.pk).file == name
    assert files.content(name, person=small.goes.user_id) == b"octets"
    assert not {one for ask in files.NAMED_BY for one in ask([other])}


def test_after_thirty_days_the_emptied_account_is_erased_with_its_key(small: Two, time_machine: Any) -> None:
    number, thread = small.goes.user_id, small.town.thread
    row = small.merge()
    goes = User.objects.get(pk=number)
    late = Written(body="En chemin.", voice=Voice.THEIRS, author=goes)
    came_late = mailboxes.begin(person=goes, subject="Tard", written=late, by=goes).thread.pk
    time_machine.move_to(clock.now() + dt.timedelta(days=30))
    assert keeping.forget()["accounts emptied by a merge"] == 0
    assert Merge.objects.get().may_be_undone
    time_machine.move_to(clock.now() + dt.timedelta(days=1))
    with pytest.raises(services.NotBack):
        services.undo(row=row, by=None)
    held = Hold.objects.create(user=goes, why="dispute", until=clock.today() + dt.timedelta(days=90))
    assert keeping.forget()["accounts emptied by a merge"] == 0, "what is held is not erased"
    held.delete()
    assert keeping.forget()["accounts emptied by a merge"] == 1
    assert not User.objects.filter(pk=number).exists() and not PersonKey.objects.filter(pk=number).exists()
    assert not Cell.objects.exists()
    assert Thread.objects.get(pk=thread.pk).subject == "Mon rendez-vous"
    assert Entry.objects.filter(action="deleted", thing="account", person_id=number).exists()
    assert str(number) in Path(settings.VISAVIS_ERASED).read_text(encoding="ascii")
    # What came late is not erased with it.
    found = Thread.objects.get(pk=came_late)
    assert (found.person, found.subject) == (small.stays.user, "Tard")
    assert found.messages.get().body == "En chemin."


def test_a_form_sent_twice_merges_once(small: Two, django_capture_on_commit_callbacks: Any) -> None:
    """Her e-mail goes to the file that stays, to which letters went: a letter there, an e-mail here."""
    wanted = services.Wanted(services.Why.SAID, uuid.uuid4(), {})
    stays, goes = anew(small.stays), anew(small.goes)
    asked = {"stays": stays, "goes": goes, "wanted": wanted, "by": small.town.people["rosa"]}
    with django_capture_on_commit_callbacks(execute=True):
        row = services.merge(**asked)
        assert services.merge(**asked) == row
    assert Merge.objects.count() == 1
    told = News.objects.filter(thing=Merge.THING, thing_id=row.pk)
    assert sorted(told.values_list("user", "channel")) == [
        (small.stays.user_id, "post"),
        (small.stays.user_id, "web"),
    ]
    assert [one.to for one in mail.outbox] == [["amelie@example.org"]]
    written = Entry.objects.filter(thing=Merge.THING, thing_id=row.pk, action="created")
    assert set(written.values_list("person_id", flat=True)) == {small.stays.user_id, small.goes.user_id}
    assert keeping.forget()["news of merges that are gone"] == 0
    Merge.objects.all().delete()
    assert keeping.forget()["news of merges that are gone"] == 2


def test_the_database_keeps_that_a_file_goes_into_one_other_and_never_into_itself(small: Two) -> None:
    kept = {"stays": small.stays.user, "goes": small.goes.user, "why": "paper", "until": clock.today()}
    Merge.objects.create(form=uuid.uuid4(), **kept)
    for wrong in ({}, {"goes": small.stays.user}, {"goes": None, "why": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.create(form=uuid.uuid4(), **kept | wrong)


def test_whose_address_is_taken_over_is_still_written_to_there(town: Town) -> None:
    """Two were taken for one: who is reached by letters only must not be told at the other's e-mail alone."""
    two = two_files(town, full=False)
    two.stays, two.goes = two.goes, two.stays
    row = two.merge()
    letter = News.objects.get(thing=Merge.THING, thing_id=row.pk, channel="post")
    for user in (anew(two.stays).user, letter.user):
        assert user.postal_address == "3 rue du Four\n26000 Valence"
    services.undo(row=row, by=None)
    assert not anew(two.stays).user.postal_address
