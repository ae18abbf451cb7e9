"""What a CV without a name keeps of what she typed herself.

| answer | without a name |
|---|---|
| name, e-mail, phone, town | left out; the department stays |
| job: title and employer as typed | the catalogue's occupation, or "Another occupation"; years and length |
| wish as typed | the catalogue's occupation, or nothing |
| diploma as typed | cut before the school or the place; its level alone when anything of hers is left in it |
| year of a diploma, own words | left out: a year tells an age |
"""

import re

from visavis.folding import fold_signs, places_before
from visavis.jobseekers.answers import jobs
from visavis.jobseekers.models import Jobseeker

SCHOOLS = (
    "lycee|lyc|ecole|college|universite|univ|faculte|fac|institut|iut|iae|insa|ifsi|cfa|greta|afpa|mfr|cnam|"
    "centre|academie|campus|fondation|maison|school|university|institute|academy|high"
)
# Where the diploma ends and its school or its place begins.
ENDS = re.compile(
    rf"[,;:(\[|–—]| - |/ |\b(?:{SCHOOLS})\b|\b(?:chez|de l'|obtenu|obtained|mention)\b"
    r"|\b(?:a|au|aux|at|in|from|by|with|par|avec|pres de|sur)\s",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+")
LEAST_LETTERS = 3


def words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(fold_signs(text)) if len(word) >= LEAST_LETTERS)


def marks_of(jobseeker: Jobseeker) -> frozenset[str]:
    """Return the words by which one could know her: of her name, address, town and former employers."""
    user, town = jobseeker.user, jobseeker.commune
    said = [user.name, (user.email or "").partition("@")[0], user.phone or "", town.name if town else ""]
    return frozenset().union(
        *(words(text) for text in [*said, *(job.employer for job in jobs.jobs(jobseeker))])
    )


def diploma(name: str, marks: frozenset[str]) -> str:
    """Return what a diploma is called, without its school and its place; nothing when in doubt."""
    end = ENDS.search(fold_signs(name))
    kept = name[: places_before(name)[end.start()]].strip(" .-'\"") if end else name
    return "" if words(kept) & marks or re.search(r"\d{3}|[@#]", kept) else kept
