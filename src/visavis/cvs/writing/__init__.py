"""CVs written: `pdf`, `json_resume` and `europass` of a profile, with her name or without it.

Reading order: `facts` (what a CV may say, the only guard), `nameless`, `terms`, then one module per format.
"""

import json

from django.utils import translation

from visavis.common import typesetting
from visavis.cvs.writing import as_europass, as_json_resume, as_pdf
from visavis.cvs.writing.facts import Facts, facts_of
from visavis.jobseekers.models import Jobseeker

__all__ = ["Facts", "europass", "facts_of", "json_resume", "pdf", "unshown"]


def pdf(jobseeker: Jobseeker, *, identity: bool, language: str, own_words: bool = False) -> bytes:
    """Return her CV as a PDF."""
    with translation.override(language):
        return as_pdf.document(facts_of(jobseeker, identity=identity, own_words=own_words))


def unshown(jobseeker: Jobseeker, *, language: str) -> list[str]:
    """Return the signs of her profile that no font here has: her PDF is made without them."""
    with translation.override(language):
        laid = as_pdf.content(facts_of(jobseeker, identity=True, own_words=True))
    return typesetting.unshown("".join([*laid["author"], json.dumps(laid, ensure_ascii=False)]))


def json_resume(jobseeker: Jobseeker, *, identity: bool, language: str, own_words: bool = False) -> bytes:
    """Return her CV as JSON Resume 1.0.0."""
    with translation.override(language):
        made = as_json_resume.resume(facts_of(jobseeker, identity=identity, own_words=own_words))
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def europass(jobseeker: Jobseeker, *, identity: bool, language: str, own_words: bool = False) -> bytes:
    """Return her CV as Europass XML."""
    with translation.override(language):
        return as_europass.document(facts_of(jobseeker, identity=identity, own_words=own_words))
