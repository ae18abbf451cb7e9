import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.ui.html import by_id, elements

pytestmark = pytest.mark.django_db
PAGES = ["/ui/", *(f"/ui/sample/{name}/" for name in ("question", "answers", "confirm", "list"))]
LINKS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "data-visavis-count")


def read(url: str, language: str = "en") -> str:
    response = Client().get(url, headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_its_language_one_heading_its_landmarks_and_ids_that_lead_somewhere(url: str) -> None:
    for language in ("fr", "en"):
        page = read(url, language)
        assert elements(page, "html")[0]["lang"] == language
        assert [len(elements(page, tag)) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
        assert re.search(r"<title>\s*\S.* – Vis-à-vis</title>", page)
    ids = [element["id"] for element in elements(page) if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = {i for e in elements(page) for link in LINKS for i in (e.get(link) or "").split()}
    assert wanted <= set(ids)
    # The first link skips to the content; every page says where to talk to someone.
    assert elements(page, "a")[0]["href"] == "#main" and by_id(page)["main"].tag == "main"
    assert [a for a in elements(page, "a") if a["href"].startswith("tel:")]


def test_changing_the_language_keeps_the_page_and_the_style_page_shows_both_themes() -> None:
    url = reverse("ui:sample", args=["list"]) + "?page=2"
    hidden = {e["name"]: e["value"] for e in elements(read(url), "input") if e["type"] == "hidden"}
    assert hidden["next"] == url
    assert [e["data-theme"] for e in elements(read(PAGES[0])) if e.get("data-theme")] == ["light", "dark"]
    found = Client().get(reverse("ui:suggestions") + "?q=COO", headers={"accept-language": "en"}).json()
    assert found == {"results": [{"value": "G1602", "label": "Cook", "hint": "G1602"}]}


def test_an_unanswered_question_comes_back_with_a_summary_and_an_answered_one_leads_on() -> None:
    page = Client().post(PAGES[1], headers={"accept-language": "en"}).content.decode()
    summary = next(e for e in elements(page) if e.get("data-visavis-summary") is not None)
    assert summary["tabindex"] == "-1"
    assert [a for a in elements(page, "a") if a["href"] == "#id_transport_0"]
    assert "<title>Error:" in page
    response = Client().post(PAGES[1], {"transport": "bike"})
    assert response.headers["Location"] == reverse("ui:sample", args=["answers"])
    assert Client().get(reverse("ui:sample", args=["nothing"])).status_code == 404
