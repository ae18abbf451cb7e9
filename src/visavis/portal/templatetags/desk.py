"""The rows of the caseload: forty of nine cells, which templates take half of the page's time to write."""

from collections.abc import Container, Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from visavis.portal.desk.caseload import Followed
from visavis.ui.dates import short_day

register = template.Library()

ROW = (
    '<tr%(current)s><td class="tick"><label><input type="checkbox" name="chosen" value="%(pk)d"%(ticked)s>'
    '<span class="visually-hidden">%(name)s</span></label></td>'
    '<th scope="row" class="name"><a href="%(url)s">%(name)s</a>%(tags)s%(apart)s</th>'
    '<td class="work">%(work)s</td><td class="town">%(town)s</td>'
    '<td class="waiting"%(waits)s>%(since)s</td><td class="act">%(act)s</td>'
    '<td class="date">%(day)s</td></tr>\n            '
)
TAG = ' <span class="tag %s">%s</span>'
APART = ' <span class="muted small">%s</span>'
ACT = '<a href="%s"%s>%s<span class="visually-hidden"> – %s</span></a>'
NO_ACT = '<span class="muted">%s</span>'
LABEL = ' data-label="%s"'
CURRENT, HOT, TICKED = ' aria-current="true"', ' class="hot"', " checked"


@register.simple_tag
def people_rows(lines: Iterable[Followed], opened: int, ticked: Container[int] = ()) -> SafeString:
    """Write a row for each person: everything that comes from a person or a catalogue is escaped, once."""
    label = LABEL % escape(_("Waits since"))
    written = (_row(line, label, line.person.pk == opened, line.person.pk in ticked) for line in lines)
    return SafeString("".join(written))  # nosec B703  (escaped below)


def _row(line: Followed, label: str, is_opened: bool, is_ticked: bool) -> str:
    name = escape(line.name)
    return ROW % {
        "current": CURRENT if is_opened else "",
        "pk": line.person.pk,
        "ticked": TICKED if is_ticked else "",
        "name": name,
        "url": escape(line.url),
        "tags": "".join(TAG % (kind, escape(word)) for kind, word in line.tags),
        "apart": APART % escape(line.apart) if line.apart else "",
        "work": escape(line.work),
        "town": escape(line.town),
        "waits": label if line.since else "",
        "since": escape(short_day(line.since)),
        "act": act_of(line, name),
        "day": escape(line.day),
    }


def act_of(line: Followed, name: str) -> str:
    """Write what to do next, or that there is nothing; `name` is escaped already."""
    act = line.act
    if not act.url:
        return NO_ACT % escape(_("Nothing to do"))
    return ACT % (escape(str(act.url)), HOT if act.is_hot else "", escape(str(act.label)), name)
