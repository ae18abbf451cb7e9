"""Whatever is sent, a clear sentence, the answer still in the page, nothing written, no 500."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town

LONG = "x" * 10_000

# Slug, what is sent, the field that is wrong, what the page still shows.
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("wanted", {"wish_1": LONG}, "wish_1", LONG),
    ("wanted", {"wish_1": "bou\0langer"}, "wish_1", "langer"),
    ("education", {"level": "2"}, "level", ""),
    ("education", {"name_1": LONG}, "name_1", LONG),
    ("education", {"name_1": "CAP", "year_1": "1887"}, "year_1", "1887"),
    ("education", {"year_1": "2001"}, "name_1", "2001"),
    ("languages", {"language_1": "xx", "level_1": "1"}, "language_1", ""),
    ("languages", {"language_1": "fr", "level_1": ""}, "level_1", ""),
    ("licences", {"licences": ["B", "Z"]}, "licences", ""),
    ("licences", {"licences": ["B"], "nothing": "on"}, "nothing", ""),
    ("place", {"place": "Nulleville-sur-Rien"}, "place", "Nulleville-sur-Rien"),
    ("place", {"place": "99999"}, "place", "99999"),
    ("reach", {"unit": "km", "distance": "-5"}, "distance", "-5"),
    ("reach", {"unit": "km", "distance": "5000"}, "distance", "5000"),
    ("reach", {"unit": "minutes", "distance": "20"}, "transport", "20"),
    ("reach", {"distance": "20"}, "unit", "20"),
    ("reach", {"unit": "miles", "distance": "20"}, "unit", "20"),
    ("reach", {"unit": "km", "distance": "NaN"}, "distance", "NaN"),
    ("contracts", {"contracts": ["slavery"]}, "contracts", ""),
    ("hours", {"kind": "between", "least": "40", "most": "20"}, "most", "40"),
    ("hours", {"kind": "between", "least": "400"}, "least", "400"),
    ("hours", {"kind": "between"}, "least", ""),
    ("start", {"kind": "day", "day": "31/02/2027"}, "day", "31/02/2027"),
    ("start", {"kind": "day", "day": "1887-05-01"}, "day", "1887-05-01"),
    ("start", {"kind": "day", "day": "2099-05-01"}, "day", "2099-05-01"),
    ("start", {"kind": "day", "day": "demain"}, "day", "demain"),
    ("start", {"kind": "day"}, "day", ""),
    ("pay", {"amount": "-3", "unit": "hour"}, "amount", "-3"),
    ("pay", {"amount": "12"}, "unit", "12"),
    ("pay", {"amount": "beaucoup", "unit": "hour"}, "amount", "beaucoup"),
    ("pay", {"amount": "1800", "unit": "hour"}, "amount", "1800"),
    ("pay", {"amount": "1e9", "unit": "hour"}, "amount", "1e9"),
    ("conditions", {"conditions": ["dragons"]}, "conditions", ""),
    ("interests", {"interests": ["interest:spying"]}, "interests", ""),
    ("about", {"about": LONG}, "about", LONG),
    ("about", {"about": "a\0b"}, "about", ""),
    ("skills", {"more": LONG}, "more", LONG),
    ("skills", {"more": "zzzzzz"}, "more", "zzzzzz"),
]


@pytest.mark.parametrize(("slug", "sent", "field", "kept"), WRONG)
def test_what_is_wrong_is_said_and_kept_in_the_page(
    slug: str, sent: dict[str, Any], field: str, kept: str, town: Town
) -> None:
    town.client("amelie")
    response = town.client("amelie").post(reverse("jobseekers:question", args=[slug]), sent)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert kept in response.content.decode()
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.version == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": LONG}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"title": "soudeur", "code": "Z9999"}, "title"),
        ({"title": "soudeur", "start_year": "1887"}, "start_year"),
        ({"title": "soudeur", "start_year": "2999"}, "start_year"),
        ({"title": "soudeur", "start_month": "13", "start_year": "2001"}, "start_month"),
        ({"title": "soudeur", "start_month": "3"}, "start_year"),
        ({"title": "soudeur", "start_year": "2010", "end_year": "2001"}, "end_year"),
        ({"title": "soudeur", "start_year": "2010", "end_year": "2011", "is_current": "on"}, "end_year"),
        ({"title": "soudeur", "years": "-1"}, "years"),
        ({"title": "soudeur", "start_year": "20.5"}, "start_year"),
    ],
)
def test_a_wrong_job_is_told(sent: dict[str, str], field: str, town: Town) -> None:
    response = town.client("amelie").post(reverse("jobseekers:add_job"), sent)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not town.jobseeker.experiences.exists()


@pytest.mark.database
def test_a_strange_code_field_number_or_method_does_no_harm(town: Town) -> None:
    hers = town.client("amelie")
    for code in ("0\0", "99999", "x" * 10_000):
        assert hers.post("/profile/place/", {"place": "Valence", "code": code}).status_code == 302
    assert hers.post("/profile/place/", {"place": "Lyon", "code": "26362"}).status_code == 200
    sent = {f"level_{'x' * 90}": "1", "has_": "on", "level_999": "2", "language_77": "fr", "move": "²:up"}
    factories.SkillFactory()
    for slug in ("skills", "languages", "wanted", "education"):
        assert hers.post(reverse("jobseekers:question", args=[slug]), sent).status_code == 302
    assert town.client("bruno").get(f"/people/{'9' * 30}/profile/").status_code == 404
    assert hers.get(f"/profile/experience/{'9' * 30}/").status_code == 404
    assert hers.get("/profile/shoe-size/").status_code == 404
    for method in (hers.put, hers.patch, hers.delete):
        assert method("/profile/pay/").status_code == 405
    assert hers.post("/profile/").status_code == 405
