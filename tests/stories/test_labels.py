"""Buttons and names of fields come from a checked list: plain, short, a verb first, one name for one act and no other.

What is new on a page is red until it stands in `labels.toml`: read the list first, the act may have its name already.
"""

import re
from collections import defaultdict

import pytest

from tests.personas import Town
from tests.stories.labels import Known, Label, known, labels, several
from tests.stories.test_plain import hers
from tests.test_hostile import crowded, different, kept_crowd  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db

# French says one month and several alike.
PLURALS = {"Mois"}
LONGEST, LONGEST_SAID, LONGEST_FIELD = 8, 14, 14
# To whom an act is done, before its verb.
BEFORE = r"(?:(?:Se|Me|Nous|Le|La|Les|Y|Ne pas) |[SML]’)?"
VERB = re.compile(rf"^{BEFORE}[A-ZÉÀa-zéèêîôç]+(?:er|ir|re|oir)\b|^(?:Appelez|Laissez)-", re.IGNORECASE)
# What a person says herself, in answer to a page.
SAYS = re.compile(r"^(?:Oui|Non|Pas|Je|J’|Ce n’est|C’est|Elle|Le|Plus|Mon|Ma)\b|^J’|^C’")
JARGON = re.compile(
    r"\b(?:valid|soumett|upload|télévers|téléchar|cliqu|logu?in|paramét|finalis|formulaire|usager|bénéficiaire|modalité"
    r"|process|submit|download|click|proceed|validat|configur|user)",
    re.IGNORECASE,
)


def missing(found: list[Label]) -> list[str]:
    """Say what is not in the list, or does there what the list does not know."""
    listed = known()
    buttons = {(one.fr, one.en): set(one.at) for one in listed["button"]}
    fields = {(one.fr, one.en) for one in listed["field"]}
    wrong = set()
    for one in found:
        if one.kind == "field" and (one.fr, one.en) not in fields:
            wrong.add(f"{one.page}: the name of a field: {one.fr} | {one.en}")
        if one.kind == "button" and one.act not in buttons.get((one.fr, one.en), ()):
            wrong.add(f"{one.page}: {one.fr} | {one.en} | {one.act}")
    return sorted(wrong)


def test_every_button_and_field_is_named_as_the_list_says(crowded: Town) -> None:  # noqa: F811
    found = labels(crowded, list(hers()))
    assert len(found) > 400
    wrong = missing(found)
    assert not wrong, "\n".join(["not in tests/stories/labels.toml:", *wrong])
    # What no page says any more goes.
    said = {(one.kind, one.fr) for one in found}
    gone = [one.fr for kind, listed in known().items() for one in listed if (kind, one.fr) not in said]
    assert not gone, gone
    acts = {one.act for one in found}
    assert not [at for one in known()["button"] for at in one.at if at not in acts]


def test_one_act_has_one_name_and_no_other_act_has_it() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for one in known()["button"]:
        for act in one.at:
            if not one.leaves and act != "OPEN":
                names[act].add(one.fr)
    two = {act: said for act, said in names.items() if len(said) > 1}
    assert two.keys() == several(), two
    for kind, listed in known().items():
        for language in ("fr", "en"):
            words = [getattr(one, language) for one in listed]
            twice = {one for one in words if words.count(one) > 1}
            assert twice <= PLURALS, (kind, language, twice)


def heavy(one: Known) -> str:
    """Say what is heavy about the name of a button; nothing where it is plain."""
    most = LONGEST_SAID if one.says else LONGEST
    if any(len(words.split()) > most for words in (one.fr, one.en)):
        return f"more than {most} words"
    if JARGON.search(one.fr) or JARGON.search(one.en):
        return "jargon"
    if one.at == ("OPEN",):
        # What unfolds names what lies in it.
        return ""
    if not (SAYS if one.says else VERB).search(one.fr):
        return "a person does not say it so" if one.says else "no verb first"
    return ""


HEAVY = [
    (Known("Garder", "Keep"), ""),
    (Known("M’envoyer un code", "Send me a code"), ""),
    (Known("J’ai lu", "I have read this", says=True), ""),
    (Known("Valider le formulaire", "Submit the form"), "jargon"),
    (Known("Une page à imprimer", "A page to print"), "no verb first"),
    (Known("Garder " + "tout " * 8, "Keep"), "more than 8 words"),
]


def test_each_is_plain_and_what_is_heavy_or_new_is_found() -> None:
    assert not [(one.fr, why) for one in known()["button"] if (why := heavy(one))]
    long = [one for one in known()["field"] if len(one.fr.split()) > LONGEST_FIELD or JARGON.search(one.fr)]
    assert not long
    assert [heavy(name) for name, _why in HEAVY] == [why for _name, why in HEAVY]
    known_one = known()["button"][0]
    other = Label("button", "Sauvegarder", "Store", known_one.at[0], "some:page")
    elsewhere = Label("button", known_one.fr, known_one.en, "POST some:other", "some:page")
    assert len(missing([other, elsewhere])) == 2
