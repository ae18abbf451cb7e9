"""What a list shows of a match."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.catalog import travel
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Experience, Jobseeker, SkillHeld
from visavis.jobseekers.opened import Opened
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import fit, wording
from visavis.ui import plots
from visavis.ui.templatetags import ui
from visavis.vacancies import facts as vacancy_facts
from visavis.vacancies.models import Vacancy

# A card of a phone has room for the two reasons that matter most, and for what is missing most.
TICKS_SHOWN = 2
MISSING_SHOWN = 1


def openings(
    matches: Sequence[Match], owner: Opened, opinions: dict[int, Opinion], answered: int | None = None
) -> list[dict[str, Any]]:
    """Return the cards of a person's list, for the template `ui/opening.html`; `answered` is one just answered."""
    labels = wording.labels_for(match.reasons for match in matches)
    return [
        opening(match, owner, labels, opinions.get(match.vacancy_id))
        | just_answered(opinions.get(match.vacancy_id), is_it=match.vacancy_id == answered)
        for match in matches
    ]


def just_answered(said: Opinion | None, *, is_it: bool) -> dict[str, Any]:
    """Return what a card adds in the moment after an answer: why not, in one tap."""
    asks = is_it and said is not None and said.kind == Opinion.Kind.NOT_FOR_ME and not said.reason
    return {"is_answered": is_it, "reasons_to_choose": Opinion.Reason.choices if asks else []}


def opening(match: Match, owner: Opened, labels: wording.Labels, said: Opinion | None) -> dict[str, Any]:
    """Return one card: what it is, how well it suits, why in two reasons, what is missing."""
    vacancy, jobseeker = match.vacancy, owner.jobseeker
    return fitting(match, jobseeker, wording.told(match.reasons, labels)) | {
        "id": f"opening-{vacancy.pk}",
        "url": owner.url_of("matches:opening", vacancy_id=vacancy.pk),
        "opinion_url": owner.url_of("matches:opinion", vacancy_id=vacancy.pk),
        "is_hers": owner.is_hers,
        "title": vacancy.title,
        "employer": vacancy.employer.name if vacancy.employer else "",
        "line": vacancy_facts.in_short(vacancy, where(match, jobseeker)),
        "said": str(said.get_kind_display()) if said else "",
        "reason": str(said.get_reason_display()) if said and said.reason else "",
        "is_aside": said is not None and said.kind == Opinion.Kind.NOT_FOR_ME,
    }


def where(match: Match, jobseeker: Jobseeker) -> str:
    """Say the town and about how long the way is; how far, where she has not said how she travels."""
    place = vacancy_facts.place_in_short(match.vacancy)
    # Where no reason says how far it is, the card does.
    far = match.distance_km
    if far is None:
        far = vacancy_facts.km_from(match.vacancy, jobseeker.commune)
    if far is None:
        return place
    way = f"~{ui.minutes(minutes(far, jobseeker))}" if jobseeker.transport else ui.km(far)
    return f"{place}, {way}"


def where_in_words(vacancy: Vacancy, jobseeker: Jobseeker) -> str:
    """Say the place, and by how far or how long a way she comes there."""
    said = vacancy_facts.place(vacancy)
    far = vacancy_facts.km_from(vacancy, jobseeker.commune)
    if far is None:
        return said
    if not jobseeker.transport:
        return f"{said} · {ui.km(far)}"
    words = {
        "time": ui.minutes(minutes(far, jobseeker)),
        "how": str(jobseeker.get_transport_display()).lower(),
    }
    return f"{said} · {_('about %(time)s %(how)s') % words}"


def fitting(match: Match, jobseeker: Jobseeker, told: wording.Told) -> dict[str, Any]:
    """Return what a card says of how well two sides suit each other, and why."""
    found = fit.of_match(match, jobseeker)
    not_told = [] if found.level else [_("skills and past work, not told yet")]
    return {
        "fit": found,
        "reasons": told.ticks[:TICKS_SHOWN],
        "missing": [*not_told, *told.missing][:MISSING_SHOWN],
        "notes": told.notes[:1],
    }


def why(match: Match, jobseeker: Jobseeker) -> dict[str, Any]:
    """Return every reason of a match and what each weighs, drawn."""
    labels = wording.labels_for([match.reasons])
    told = wording.told(match.reasons, labels)
    names = wording.part_names()
    rows = [
        plots.BarRow(
            names.get(reason["part"], str(reason["part"])),
            reason["logit"],
            weight_words(reason["logit"]),
            is_soft=reason["logit"] < 0,
        )
        for reason in match.reasons
        if reason["logit"]
    ]
    plot = plots.bars(
        rows,
        title=_("What each reason weighs: against on the left, for on the right"),
        label_words=_("Reason"),
        value_words=_("Weight"),
    )
    return {"told": told, "plot": plot, "fit": fit.of_match(match, jobseeker)}


def weight_words(logit: float) -> str:
    """Return a weight with its sign, as in the table beside the plot."""
    sign = "+" if logit > 0 else "−"
    return f"{sign} {number_format(abs(logit), decimal_pos=1)}"


def candidates(matches: Sequence[Match], names: dict[int, str], wanted_by: set[int]) -> list[dict[str, Any]]:
    """Return a vacancy's people: a name only where the reader may know it, else a number."""
    labels = wording.labels_for(match.reasons for match in matches)
    facts = candidate_facts([match.jobseeker_id for match in matches])
    return [
        candidate(match, place, names, labels)
        | {"is_interested": match.jobseeker_id in wanted_by, "facts": facts[match.jobseeker_id]}
        for place, match in enumerate(matches, start=1)
    ]


def candidate(
    match: Match, place_in_list: int, names: dict[int, str], labels: wording.Labels
) -> dict[str, Any]:
    name = names.get(match.jobseeker_id, "")
    told = wording.told(match.reasons, labels, for_employer=not name)
    return fitting(match, match.jobseeker, told) | {
        "reasons": told.ticks,
        # The number of the place in the list: it tells nothing of who it is.
        "match": match.pk,
        "name": name or _("Person %(number)s") % {"number": place_in_list},
        "url": reverse("matches:openings_of", kwargs={"jobseeker_id": match.jobseeker_id}) if name else "",
    }


WORKED = Prepared(
    lambda people: (
        Experience.objects.filter(jobseeker__in=people)
        .order_by()
        .values_list("jobseeker")
        .annotate(months=Sum("months"))
    )
)
SKILLED = Prepared(
    lambda people: (
        SkillHeld.objects.filter(jobseeker__in=people)
        .order_by()
        .values_list("jobseeker")
        .annotate(number=Count("pk"))
    )
)


def candidate_facts(people: Sequence[int]) -> dict[int, list[str]]:
    """Return what work tells of each of some people without telling who she is."""
    facts: dict[int, list[str]] = {person: [] for person in people}
    for person, months in WORKED(people) if people else ():
        if months:
            facts[person].append(_("In all %(time)s of work") % {"time": wording.duration(months)})
    for person, skills in SKILLED(people) if people else ():
        facts[person].append(
            ngettext("%(number)s skill named", "%(number)s skills named", skills) % {"number": skills}
        )
    return facts


def minutes(distance_km: float | None, jobseeker: Jobseeker) -> int | None:
    """Return the minutes from door to door by her transport, a car when she has not said."""
    if distance_km is None:
        return None
    return travel.said_minutes(distance_km, jobseeker.transport, jobseeker.commune_id)


def person_url(jobseeker: Jobseeker) -> str:
    """Return the address of a person's page for her counsellor."""
    return reverse("portal:desk_person", kwargs={"jobseeker_id": jobseeker.pk})


def vacancy_url(vacancy: Vacancy) -> str:
    return reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk})


def unknown_opinion() -> str:
    return _("We did not understand this answer. Nothing was changed: please choose again.")
