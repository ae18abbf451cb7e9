from django import forms
from django.utils import translation

from tests.ui.html import by_id, elements
from visavis.ui.templatetags.ui import focus_id
from visavis.ui.widgets import SuggestInput


class Form(forms.Form):
    town = forms.CharField(label="Your town", help_text="Where you sleep.")
    travel = forms.ChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="One of them."
    )
    agrees = forms.BooleanField(label="I agree", required=False)
    words = forms.CharField(max_length=300, widget=forms.Textarea, required=False)
    work = forms.CharField(widget=SuggestInput(url="/find/", into="id_code"), required=False)


def test_a_field_is_described_by_its_hint_and_a_label_points_to_it() -> None:
    page = str(Form()["town"].as_field_group())
    assert by_id(page)["id_town"]["aria-describedby"] == "id_town_helptext"
    assert "id_town_helptext" in by_id(page)
    # So does the one around a single tick.
    for field in ("town", "agrees"):
        page = str(Form()[field].as_field_group())
        assert [label["for"] for label in elements(page, "label")] == [f"id_{field}"]


def test_a_wrong_field_is_marked_and_described_by_its_error() -> None:
    with translation.override("en"):
        page = str(Form({})["town"].as_field_group())
    field = by_id(page)["id_town"]
    assert field["aria-invalid"] == "true"
    assert set(field["aria-describedby"].split()) == {"id_town_helptext", "id_town_error"} & set(by_id(page))
    assert "#wrong" in page and "Error:" in page


def test_choices_stand_in_a_described_fieldset() -> None:
    page = str(Form({})["travel"].as_field_group())
    fieldset = elements(page, "fieldset")[0]
    assert set(fieldset["aria-describedby"].split()) <= set(by_id(page))
    assert elements(page, "legend")
    # Radios have no state of being wrong.
    assert [radio.get("aria-invalid") for radio in elements(page, "input")] == [None, None]
    radios = elements(str(Form({"travel": "b"})["travel"].as_field_group()), "input")
    assert [radio["value"] for radio in radios if radio.get("checked") is not None] == ["b"]


def test_what_was_typed_is_escaped() -> None:
    assert "<script" not in str(Form({"town": "<script>", "travel": "<script>"}))


def test_a_long_text_says_how_much_one_can_write_and_a_suggesting_input_stays_a_text_input() -> None:
    with translation.override("en"):
        page = str(Form()["words"].as_field_group())
    assert "You can write up to 300 characters." in page
    assert 'data-visavis-count="id_words"' in page
    (field,) = elements(str(Form()["work"]), "input")
    assert field["type"] == "text"
    assert field["data-visavis-suggest"] == "/find/"
    assert field["data-visavis-suggest-into"] == "id_code"


def test_an_error_leads_to_the_first_choice_or_to_a_part_of_a_date() -> None:
    class Dated(forms.Form):
        day = forms.DateField(widget=forms.SelectDateWidget)

    form = Form({})
    assert (focus_id(form["town"]), focus_id(form["travel"])) == ("id_town", "id_travel_0")
    day = Dated()["day"]
    assert focus_id(day) in by_id(str(day))
