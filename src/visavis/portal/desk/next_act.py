"""What to do next for a person: the most urgent thing that the apps say, in one sentence and one button."""

from typing import Any

from django.utils.translation import gettext as _

from visavis.common.addresses import address
from visavis.people.course import InCourse
from visavis.people.waiting import Waiting


def of(person: Any, course: InCourse) -> Waiting:
    """Return the most urgent act, else to propose. The person carries the flags of the filters."""
    if (first := course.first(person)) is not None:
        return first
    if course.holds(person):
        sentence = _("All is in course. More openings can be proposed.")
    else:
        sentence = _("Openings suit this person: propose some.")
    url = address("proposing:to_person", jobseeker_id=person.pk)
    return Waiting(sentence, url, label=_("Propose openings"))
