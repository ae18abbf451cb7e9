"""What a letter tells of an introduction: where it stands, whose turn it is, what each side may read of the other."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from visavis.introductions import cards, wording
from visavis.introductions.cards import Identity
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.news.models import News
from visavis.news.wording import of_it, said_aloud
from visavis.people.enums import Role
from visavis.ui.dates import day, weekday_moment

SKILLS = 6


def reader_of(news: News) -> Side:
    """Return the side to which a letter is written."""
    return Side.EMPLOYER if news.role == Role.EMPLOYER else Side.JOBSEEKER


def words(news: News) -> list[str]:
    """Return the paragraphs of a letter; of an introduction that is gone, what is said aloud."""
    row = Introduction.objects.with_both().filter(pk=news.thing_id).first()
    if row is None:
        return [of_it(news.title, said_aloud(news))]
    reader = reader_of(news)
    story = wording.story(row, reader)
    until = _("Tell us by %(day)s.") % {"day": day(story.until)} if story.is_yours and story.until else ""
    note = row.note if reader == Side.JOBSEEKER else ""
    said = [
        row.vacancy.title,
        story.headline,
        story.why,
        *_meeting(row),
        story.next,
        until,
        note,
        *(_of_person(row) if reader == Side.EMPLOYER else _of_employer(row)),
    ]
    return [one for one in said if one]


def _meeting(row: Introduction) -> Iterable[str]:
    if not row.is_open or row.meeting_at is None:
        return
    yield ", ".join(weekday_moment(at) for at in row.times())
    yield ", ".join(one for one in (row.get_meeting_place_display(), row.meeting_address) if one)


def _reached(identity: Identity | None) -> list[str]:
    return (
        []
        if identity is None
        else [", ".join(one for one in (identity.name, identity.phone_shown, identity.email) if one)]
    )


def _of_person(row: Introduction) -> list[str]:
    card = cards.of_person(row)
    km = _("about %(km)s km") % {"km": card.distance_km} if card.distance_km else ""
    facts = (
        (_("Work done"), card.work),
        (_("Skills"), card.skills[:SKILLS]),
        (_("Level of education"), [card.training]),
        (_("Languages"), card.languages),
        (_("Licences"), card.licences),
        (_("Can start"), [card.available]),
        (_("Distance to the work"), [km]),
    )
    lines = [f"{label} – {', '.join(map(str, values))}" for label, values in facts if any(values)]
    return [*(_reached(card.identity) or [card.title]), *lines]


def _of_employer(row: Introduction) -> list[str]:
    card = cards.of_employer(row)
    said = ", ".join(one for one in (card.employer, card.place, card.contract, card.hours, card.pay) if one)
    return [said, *_reached(card.identity)]
