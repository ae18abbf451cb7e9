"""Wanted occupations: in order, in her words, recognised when they can be."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.personas import Town

URL = "/profile/wanted/"


@pytest.fixture
def amelie(town: Town) -> Client:
    factories.TitleFactory()
    cook = factories.OccupationFactory(code="G1602", label_fr="Cuisinier / Cuisinière", label_en="Cook")
    factories.TitleFactory(code="T2", occupation=cook, label="Cuisinier / Cuisinière")
    return town.client("amelie")


def wishes(town: Town) -> list[tuple[str, str | None]]:
    return list(town.jobseeker.wishes.values_list("typed", "occupation_id"))


def test_a_title_is_recognised_and_unknown_words_are_kept(amelie: Client, town: Town) -> None:
    amelie.post(URL, {"wish_1": "boulangere", "wish_2": "Cuisinier", "code_2": "G1602"})
    assert wishes(town) == [("boulangere", "D1102"), ("Cuisinier", "G1602")]
    amelie.post(URL, {"wish_1": "cuisinière", "code_1": "D1102"})
    assert wishes(town) == [("cuisinière", "G1602")]
    response = amelie.post(URL, {"wish_1": "gardienne de phare"}, follow=True)
    assert wishes(town) == [("gardienne de phare", None)]
    assert "gardienne de phare" in response.content.decode()
    url = reverse("jobseekers:choose_wish", args=[town.jobseeker.wishes.get().pk])
    assert town.client("gael").get(url).status_code == 404
    assert town.client("gael").post(url, {"occupation": "none"}).status_code == 404


@pytest.mark.parametrize(
    ("move", "order"),
    [("2:up", ["b", "a", "c"]), ("1:down", ["b", "a", "c"]), ("1:up", ["a", "b", "c"]), ("2:remove", ["a", "c"]),
     ("9:up", ["a", "b", "c"]), ("x", ["a", "b", "c"])],
)  # fmt: skip
def test_buttons_change_the_order(move: str, order: list[str], amelie: Client, town: Town) -> None:
    response = amelie.post(URL, {"wish_1": "a", "wish_2": "b", "wish_3": "c", "move": move})
    assert response.headers["Location"] == URL
    assert [typed for typed, _code in wishes(town)] == order


def test_five_are_kept_and_near_words_chosen_on_a_page(amelie: Client, town: Town) -> None:
    response = amelie.post(URL, {"wish_1": "boulanger", "code_1": "Z9999"})
    assert response.status_code == 200
    assert 'value="boulanger"' in response.content.decode()
    assert wishes(town) == []
    amelie.post(URL, {"wish_1": "boulanger", "wish_2": "boulangère", "wish_3": "Boulanger"})
    assert [code for _typed, code in wishes(town)] == ["D1102"]
    typed: dict[str, Any] = {f"wish_{n}": f"travail {n}" for n in range(1, 9)}
    amelie.post(URL, typed)
    assert len(wishes(town)) == 5
    response = amelie.post(URL, {"wish_1": "cuisinier de collectivité"})
    wish = town.jobseeker.wishes.get()
    assert response.headers["Location"].startswith(reverse("jobseekers:choose_wish", args=[wish.pk]))
    page = amelie.get(response.headers["Location"])
    assert "G1602" in page.content.decode()
    done = amelie.post(response.headers["Location"], {"occupation": "G1602"})
    assert done.headers["Location"] == reverse("jobseekers:question", args=["experience"])
    assert wishes(town) == [("cuisinier de collectivité", "G1602")]
    town.jobseeker.wishes.update(occupation=None)
    again = amelie.post(URL, {"wish_1": "cuisinier de collectivité"})
    assert again.headers["Location"] == reverse("jobseekers:question", args=["experience"])
