"""What the list of acts says a helper can do, an errand lets her do; what is no errand, nobody lends."""

from django.urls import get_resolver

from tests.test_access import names, rows
from visavis.mandates.errands import ERRANDS, Code, errand_for, whole, words_of
from visavis.portal.ways.registry import Means, Way, acts

OWN = (
    *("people:", "account", "mfa", "identity", "consents:"),
    *("leaving:", "traces:", "api:", "mandates:", "noticing:"),
)
# Pages that serve an act and need no errand: another entrance to the same, which a helper does not take, and what she
# alone says of herself (casefiles:hurdles).
OTHER_ENTRANCES = {
    "documents:phone_done", "documents:upload_mine", "documents:uploads_mine", "news:by_code", "news:by_code_done",
    "searches:stop", "casefiles:hurdles", "casefiles:ending_by_link",
}  # fmt: skip


def test_every_act_of_a_helper_is_within_an_errand_and_no_other() -> None:
    answered = {row.name for row in rows() if row.method == "post" and "amelie" in row.allowed}
    lent = {name for errand in ERRANDS.values() for name in errand.answers}
    missing = [
        (act.slug, page)
        for act in acts()
        if act.who == "jobseeker" and act.means(Way.HELPER) == Means.MANDATE
        for page in act.pages
        if page in answered - lent - OTHER_ENTRANCES
    ]
    assert not missing
    lent = {name for errand in ERRANDS.values() for name in errand.reads | errand.answers}
    kept = [act for act in acts() if act.who == "jobseeker" and act.means(Way.HELPER) != Means.MANDATE]
    assert len(kept) >= 5
    assert not [page for act in kept for page in act.pages if page in lent]
    assert not [one for one in lent if one.startswith(OWN)]


def test_every_errand_names_addresses_that_are_there_and_says_once_what_it_includes() -> None:
    known = set(names(get_resolver().url_patterns))
    assert {
        one for errand in ERRANDS.values() for one in errand.reads | errand.answers | {errand.first}
    } <= known
    assert whole([Code.WRITE_MESSAGES]) == [Code.READ_MESSAGES, Code.WRITE_MESSAGES]
    assert len(words_of([Code.WRITE_MESSAGES])) == 1
    for answers in (False, True):
        assert errand_for([*Code], "jobseekers:question", {"question": "pay"}, answers=answers)
        assert not errand_for([*Code], "jobseekers:question", {"question": "interests"}, answers=answers)
