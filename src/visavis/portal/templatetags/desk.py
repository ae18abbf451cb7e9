"""The rows of the caseload: forty of nine cells, which templates take half of the page's time to write."""

from collections.abc import Container

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from visavis.portal.desk.caseload import Followed
from visavis.ui.dates import short_day

register = template.Library()

ROW = (
    '<tr{current}><td class="tick"><label><input type="checkbox" name="chosen" value="{pk}"{ticked}>'
    '<span class="visually-hidden">{name}</span></label></td>'
    '<th scope="row" class="name"><a href="{url}">{name}</a>{apart}</th>'
    '<td class="work">{work}</td><td class="town">{town}</td>'
    '<td class="waiting"{waits}>{since}</td><td class="act">{act}</td><td class="date">{day}</td></tr>'
)
APART = ' <span class="muted small">{}</span>'
ACT = '<a href="{url}"{hot}>{label}<span class="visually-hidden"> – {name}</span></a>'
NO_ACT = '<span class="muted">{}</span>'
LABEL = ' data-label="{}"'
CURRENT, HOT = format_html(' aria-current="{}"', "true"), format_html(' class="{}"', "hot")
TICKED = SafeString(" checked")


@register.simple_tag
def person_row(line: Followed, opened: int, ticked: Container[int] = ()) -> SafeString:
    """Write one person's row: everything in it is escaped once."""
    name = conditional_escape(line.name)
    return format_html(
        ROW,
        current=CURRENT if line.person.pk == opened else "",
        pk=line.person.pk,
        ticked=TICKED if line.person.pk in ticked else "",
        name=name,
        url=line.url,
        apart=format_html(APART, line.apart) if line.apart else "",
        work=line.work,
        town=line.town,
        waits=format_html(LABEL, _("Waits since")) if line.since else "",
        since=short_day(line.since),
        act=act_of(line, name),
        day=line.day,
    )


def act_of(line: Followed, name: SafeString) -> SafeString:
    """Write what to do next, or that there is nothing."""
    act = line.act
    if not act.url:
        return format_html(NO_ACT, _("Nothing to do"))
    return format_html(ACT, url=act.url, hot=HOT if act.is_hot else "", label=act.label, name=name)
