"""Where a field has no sentence of its own, what it says is plain French all the same."""

from django import forms
from django.utils import translation


class Asked(forms.Form):
    number = forms.IntegerField(min_value=5, max_value=60)
    name = forms.CharField(max_length=12)


REFUSED = {
    ("4", "x"): "Écrivez un nombre : 5 ou plus.",
    ("61", "x"): "Écrivez un nombre : 60 ou moins.",
    ("deux", "x"): "Écrivez un nombre, en chiffres seulement.",
    ("5", "x" * 15): "C’est trop long : 12 signes au plus, et il y en a 15.",
    ("5", ""): "Il manque une réponse ici.",
}


def test_a_field_without_a_sentence_of_its_own_refuses_plainly() -> None:
    with translation.override("fr"):
        for (number, name), said in REFUSED.items():
            [[error]] = Asked({"number": number, "name": name}).errors.values()
            assert str(error).replace("\u00a0", " ") == said
