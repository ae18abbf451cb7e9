"""What changes a profile, and the opening of a file at the counter."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.consents import services as consents
from visavis.jobseekers import agreed, assigning, telling
from visavis.jobseekers.answers.answer import Data
from visavis.jobseekers.answers.jobs import months_of, write_job
from visavis.jobseekers.models import Experience, Jobseeker, WantedOccupation
from visavis.jobseekers.questions import BY_SLUG, Question
from visavis.journal import services as journal
from visavis.journal.services import Act
from visavis.people import delivery, outgoing
from visavis.people import services as accounts
from visavis.people.addresses import Address
from visavis.people.enums import Channel
from visavis.people.models import User

AFTER_CHANGE = Listeners[int]()
"""Functions called with a jobseeker's id once her change is committed.

The matches stand above this layer, so this module cannot call them: their AppConfig.ready() adds a
function here. A plain list and not a signal: it is read where it is called, it has one shape, and a
test can look at it. What is added enqueues a job and returns; if it fails, the answer is kept all the
same and the failure is logged.
"""

EXPERIENCE = BY_SLUG["experience"]
WANTED = BY_SLUG["wanted"]
PLACE = BY_SLUG["place"]


class Stale(Refused):
    """The answer was changed elsewhere since the page was opened: nothing is written."""

    words = _("This answer was changed in another tab or by your counsellor meanwhile.")


class AlreadyKnown(Refused):
    """Somebody already has this e-mail address or phone number."""


def profile_of(user: User) -> Jobseeker:
    """Return her profile, or an empty one that is not in the database: a GET never writes."""
    people = Jobseeker.objects.select_related("user", "commune__department", "agency", "counsellor")
    return people.filter(user=user).first() or Jobseeker(user=user)


def open_own(user: User) -> None:
    """Make the empty profile of who has just signed up alone: staff then see that she is there.

    Her list is made as that of who comes to reception: without it her first page says that there is no opening.
    """
    with transaction.atomic():
        AFTER_CHANGE.call(locked(Jobseeker(user=user)).pk)


def save_answer(
    *,
    jobseeker: Jobseeker,
    question: Question,
    data: Data,
    by: User,
    version: str = "",
    says: bool = True,
) -> Jobseeker:
    """Write one answer, as a whole, and journal it.

    `version` is the digest that the page showed; Stale is raised when another tab changed the same
    answer meanwhile. Other answers may change at the same time. `says` is false when the page came
    back empty: the question then counts as not answered. Who says where she lives and has no agency
    is given the nearest. What is used only with her yes keeps it with its proof; `how` in the data says how it came,
    where that is not plain.
    """
    with transaction.atomic():
        kept = locked_after_yes(jobseeker) if question.slug == agreed.INTERESTS else locked(jobseeker)
        stored = question.digest(kept)
        before = question.answer.read(kept) if question.slug == agreed.INTERESTS else {}
        question.answer.write(kept, data)
        if question.slug == agreed.INTERESTS:
            agreed.follow(kept, before=set(before["interests"]), by=by, how=data.get("how", ""))
        if question is PLACE:
            assigning.give_nearest(kept, by=by)
        touch(kept, question, by=by, says=says)
        if version and version != stored and question.digest(reread(kept)) != stored:
            raise Stale
    return kept


def locked(jobseeker: Jobseeker) -> Jobseeker:
    """Return her row, made now if she has none, held until the end of the transaction."""
    row, is_new = Jobseeker.objects.select_for_update(of=("self",)).get_or_create(user=jobseeker.user)
    if is_new:
        journal.record(Act("created", "profile", row.pk, person_id=row.user_id), by=row.user_id)
    return row


def locked_after_yes(jobseeker: Jobseeker) -> Jobseeker:
    """Return her row, held after her yes: the order in which taking a yes back holds both."""
    consents.hold(jobseeker.user)
    return locked(jobseeker)


def reread(jobseeker: Jobseeker) -> Jobseeker:
    return Jobseeker.objects.select_related("commune__department").get(pk=jobseeker.pk)


def touch(jobseeker: Jobseeker, question: Question, *, by: User, says: bool) -> None:
    """Count the change, note what is answered, journal it and tell those who wait for it."""
    others = [slug for slug in jobseeker.answered if slug != question.slug]
    jobseeker.answered = [slug for slug in BY_SLUG if slug in others or (says and slug == question.slug)]
    jobseeker.version += 1
    jobseeker.changed_at = clock.now()
    jobseeker.save()
    journal.record(
        Act("changed", "profile", jobseeker.pk, person_id=jobseeker.user_id, note=question.slug), by=by.pk
    )
    AFTER_CHANGE.call(jobseeker.pk)


def take_interests_out(user: User, by: User | None) -> None:
    """Take every interest out of a file: her yes was taken back, or ran out, which is no sign of life."""
    for jobseeker in Jobseeker.objects.select_for_update(of=("self",)).filter(user=user):
        if not jobseeker.interests.all().delete()[0]:
            continue
        jobseeker.answered = [slug for slug in jobseeker.answered if slug != agreed.INTERESTS]
        jobseeker.version += 1
        if by is not None:
            jobseeker.changed_at = clock.now()
        jobseeker.save()
        act = Act("changed", "profile", jobseeker.pk, person_id=user.pk, note=agreed.INTERESTS)
        journal.record(act, by=by.pk if by else None)
        AFTER_CHANGE.call(jobseeker.pk)


def changed_since(since: dt.datetime) -> Q:
    """Say of a user of the outer query whether an answer of her profile changed since a moment."""
    return Q(Exists(Jobseeker.objects.filter(user=OuterRef("pk"), changed_at__gte=since)))


def stop_looking(user: User) -> None:
    """Say that who closes her account no longer looks for work: what waits for her ends, and is told."""
    for jobseeker in Jobseeker.objects.filter(user=user):
        look(jobseeker=jobseeker, is_looking=False, by=user)


def look(*, jobseeker: Jobseeker, is_looking: bool, by: User) -> None:
    """Say whether she looks for work; nothing is written when it is so already."""
    with transaction.atomic():
        changed = Jobseeker.objects.filter(pk=jobseeker.pk, is_looking=not is_looking).update(
            is_looking=is_looking, changed_at=clock.now()
        )
        jobseeker.is_looking = is_looking
        if not changed:
            return
        note = "looking" if is_looking else "not-looking"
        journal.record(
            Act("changed", "profile", jobseeker.pk, person_id=jobseeker.user_id, note=note), by=by.pk
        )
        AFTER_CHANGE.call(jobseeker.pk)


def save_job(*, jobseeker: Jobseeker, job: Experience | None, data: Data, by: User) -> Experience:
    """Add a job, or write over one of hers."""
    with transaction.atomic():
        kept = locked(jobseeker)
        row = job or Experience(jobseeker=kept)
        write_job(row, data)
        row.save()
        touch(kept, EXPERIENCE, by=by, says=True)
    return row


def recount_months() -> int:
    """Count again the months of the jobs still held, and return how many changed. Safe to run every night."""
    today = clock.today()
    changed = []
    for job in Experience.objects.filter(is_current=True, starts_on__isnull=False).iterator():
        months = months_of(job, today)
        if months != job.months:
            job.months = months
            changed.append(job)
    Experience.objects.bulk_update(changed, ["months"], batch_size=500)
    return len(changed)


def remove_job(*, jobseeker: Jobseeker, job: Experience, by: User) -> None:
    """Take a job away."""
    with transaction.atomic():
        kept = locked(jobseeker)
        job.delete()
        touch(kept, EXPERIENCE, by=by, says=kept.experiences.exists())


def recognise(
    *, jobseeker: Jobseeker, item: WantedOccupation | Experience, occupation: Occupation | None, by: User
) -> None:
    """Say what typed words mean; None keeps the words alone."""
    with transaction.atomic():
        kept = locked(jobseeker)
        item.occupation = occupation
        item.save(update_fields=["occupation"])
        touch(kept, WANTED if isinstance(item, WantedOccupation) else EXPERIENCE, by=by, says=True)


@dataclass(frozen=True)
class Newcomer:
    """Who stands at the counter. E-mail and phone may both be missing."""

    name: str
    language: str
    channel: Channel
    email: str = ""
    phone: str = ""
    postal_address: str = ""


def register(*, newcomer: Newcomer, agency: Agency, counsellor: User | None, by: User) -> Jobseeker:
    """Open a file: the person, her role and her empty profile. Raises AlreadyKnown and assigning.NotHere."""
    assigning.check_works(counsellor, agency)
    if same_address(newcomer):
        raise AlreadyKnown(_("Somebody already has this e-mail address or phone number."))
    with transaction.atomic():
        address = Address("email", newcomer.email) if newcomer.email else None
        user = accounts.register(name=newcomer.name, address=address, language=newcomer.language, by=by)
        user.channel, user.phone = newcomer.channel, newcomer.phone or None
        user.postal_address = newcomer.postal_address
        user.save(update_fields=["channel", "phone", "postal_address"])
        jobseeker = Jobseeker.objects.create(user=user, agency=agency, counsellor=counsellor)
        journal.record(Act("created", "profile", jobseeker.pk, person_id=user.pk), by=by.pk)
        # Who opens her own file with her tells it in person.
        if counsellor is not None and counsellor.pk != by.pk:
            telling.changed([jobseeker.pk], {})
        AFTER_CHANGE.call(jobseeker.pk)
    return jobseeker


@transaction.atomic
def change_reach(
    *, user: User, channel: Channel, postal_address: str, by: User, phone: str | None = None
) -> None:
    """Reach a person otherwise from now on, as she says. Raises CannotBeReached, accounts.AddressTaken.

    A number that is not None takes the place of hers: it is a way into her account, so she is warned where she was
    reached before.
    """
    if phone is not None and phone != (user.phone or ""):
        former = delivery.address_of(user)
        accounts.note_phone(user=user, phone=phone, by=by)
        if former is not None:
            outgoing.warn(user, former=former)
    if channel == Channel.POST:
        accounts.change_postal_address(user=user, postal_address=postal_address, by=by)
        accounts.change_channel(user=user, channel=channel, by=by)
        return
    accounts.change_channel(user=user, channel=channel, by=by)
    accounts.change_postal_address(user=user, postal_address=postal_address, by=by)


def same_address(newcomer: Newcomer) -> list[User]:
    """Return those who have the same e-mail or phone."""
    same = Q(email__iexact=newcomer.email) if newcomer.email else Q(pk__in=[])
    if newcomer.phone:
        same |= Q(phone=newcomer.phone)
    return list(User.objects.filter(same))
