"""Names in order and word by word, as the database keeps them."""

import pytest

from tests import factories
from visavis.people import services
from visavis.people.models import NameWord, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def words(user: User) -> set[str]:
    return set(NameWord.objects.filter(user=user).values_list("word", flat=True))


def test_the_words_of_a_name_are_kept_however_it_is_written() -> None:
    one = factories.UserFactory(name="Marie-Hélène d’Œuvre Marie")
    [other] = User.objects.bulk_create([User(name="LÉO")])
    assert (one.folded_name, one.name_key) == ("marie helene d oeuvre marie", "d helene marie marie oeuvre")
    assert words(one) == {"marie", "helene", "d", "oeuvre"} and words(other) == {"leo"}
    services.change_name(user=one, name="Anna Roux", by=one)
    assert words(one) == {"anna", "roux"} and words(other) == {"leo"}
    one.refresh_from_db()
    assert (one.folded_name, one.name_key) == ("anna roux", "anna roux")
    assert words(factories.UserFactory(name="—")) == set()
    long = factories.UserFactory(name="ﷺ" * 120)
    assert len(long.folded_name) == 200 and words(long)


@pytest.mark.parametrize("typed", ["dup", "%", "_", "du'", 'd"', "\\"])
def test_a_beginning_is_what_was_typed_whatever_its_signs(typed: str) -> None:
    user = factories.UserFactory(name="Léa Dupont")
    found = NameWord.objects.filter(word__begins=typed).values_list("user", flat=True)
    assert list(found) == ([user.pk] if typed == "dup" else [])
