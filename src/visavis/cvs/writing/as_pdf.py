"""The CV as a PDF that every reader can follow (PDF/UA-1), on one page when it fits."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from visavis.common import typesetting
from visavis.cvs.writing import words
from visavis.cvs.writing.facts import Facts

TEMPLATE = Path(__file__).with_name("cv.typ")
# From roomy to tight: the roomiest of those with the fewest pages.
SCALES = (1.0, 0.92, 0.85)


def document(facts: Facts) -> bytes:
    """Typeset the facts."""
    laid = content(facts)
    best, fewest = b"", 0
    for scale in SCALES:
        made = typesetting.typeset(TEMPLATE, "cv", {**laid, "scale": scale})
        count = typesetting.pages_in(made)
        if not best or count < fewest:
            best, fewest = made, count
        if fewest == 1:
            break
    return best


def content(facts: Facts) -> dict[str, Any]:
    """Lay the facts out as the template reads them: plain words, no markup."""
    known = facts.identity
    head, wanted = headline(facts)
    place = (known and known.town) or facts.department
    contact = [known.phone_shown, known.email, place] if known else [place]
    return {
        "lang": facts.language,
        "title": _("CV of %(name)s") % {"name": known.name} if known else _("CV without a name"),
        "author": [known.name] if known and known.name else [],
        "head": head,
        "wanted": wanted,
        "contact": [line for line in contact if line],
        "terms": facts.terms,
        "own": [line for line in facts.own_words.splitlines() if line],
        **sections(facts),
        "titles": titles(),
        "empty": ""
        if is_filled(facts)
        else _("This CV is still empty: it fills with the answers of the profile."),
        "page": _("Page {n} of {last}"),
        "footer": known.name if known else _("Name and contact are given once both sides say yes."),
    }


def headline(facts: Facts) -> tuple[str, list[str]]:
    """Return the heading and the line under it: her name, else the first occupation she wants."""
    wanted = list(facts.wanted)
    if facts.identity:
        return typesetting.shown(facts.identity.name) or _("Curriculum vitae"), wanted
    return (wanted[0], wanted[1:]) if wanted else (_("A candidate"), [])


def titles() -> dict[str, str]:
    return {
        "own": _("In a few words"),
        "jobs": _("Experience"),
        "diplomas": _("Education and training"),
        "skills": _("Skills"),
        "languages": _("Languages"),
        "licences": _("Licences"),
    }


def is_filled(facts: Facts) -> bool:
    told = (facts.wanted, facts.jobs, facts.diplomas, facts.skills, facts.languages)
    return any((*told, facts.licences, facts.terms, facts.own_words))


def sections(facts: Facts) -> dict[str, Any]:
    return {
        "jobs": [
            {
                "when": words.dates(job),
                "title": job.title,
                "employer": job.employer,
                "more": job.length,
            }
            for job in facts.jobs
        ],
        "diplomas": [{"when": str(one.year or ""), "name": one.name} for one in facts.diplomas],
        "skills": [
            {"level": words.level(level), "labels": labels}
            for level in (*words.LEVELS, None)
            if (labels := [one.label for one in facts.skills if one.level == level])
        ],
        "languages": [[spoken.label, str(spoken.level.label)] for spoken in facts.languages],
        "licences": [held.label for held in facts.licences],
    }
