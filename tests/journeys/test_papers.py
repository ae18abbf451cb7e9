"""A CV put into the profile, a table of vacancies imported: in English, without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.site import Site, waited

pytestmark = pytest.mark.journey

CV = """Camille Verdier
camille.verdier@example.org

WORK EXPERIENCE
2019 - 2023  Baker, Maison Lemoine, Valence
Baking bread and managing stock

EDUCATION
2018  CAP Boulanger

LANGUAGES
English: B2

DRIVING LICENCE
Driving licence B
"""


@pytest.mark.again
@pytest.mark.parametrize("how", ["typed", "file"])
def test_a_cv_is_read_checked_and_put_into_the_profile(how: str, opened: Open, tmp_path: Path) -> None:
    page = opened("jobseeker", language="en", scripts=False)
    page.goto("/profile/cv/")
    if how == "typed":
        page.get_by_role("textbox").fill(CV)
    else:
        path = tmp_path / "cv.txt"
        path.write_text(CV, encoding="utf-8")
        page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Read this CV").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Maison Lemoine")
    expect(main).to_contain_text("2019 - 2023 Baker")
    assert "camille.verdier@example.org" not in page.content()
    page.goto("/profile/")
    before = page.get_by_role("main").inner_text()
    page.go_back()
    page.get_by_role("button", name="Put into my profile").click()
    expect(page.get_by_role("main")).to_contain_text("Take it out of the profile")
    page.goto("/profile/")
    assert page.get_by_role("main").inner_text() != before
    expect(page.get_by_role("main")).to_contain_text("Baker")
    page.go_back()
    page.get_by_role("button", name="Take it out of the profile").click()
    page.goto("/profile/")
    assert page.get_by_role("main").inner_text() == before


TABLE = "Ref;Job;Where;Firm\nA1;Baker;Valence;Fournil du Quai\nA2;Shop assistant;Valence;Fournil du Quai\n"


@pytest.mark.again
def test_a_table_of_vacancies_is_looked_at_then_imported(opened: Open, site: Site, tmp_path: Path) -> None:
    page = opened("counsellor", language="en", scripts=False)
    path = tmp_path / "openings.csv"
    path.write_text(TABLE, encoding="utf-8")
    page.goto("/feeds/new/")
    page.get_by_label("Which source does it come from?").fill("Town hall")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="See what it holds").click()
    for column, holds in (("Ref", "id"), ("Job", "title"), ("Where", "town"), ("Firm", "employer")):
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=column))
        row.get_by_role("combobox").select_option(holds)
    page.get_by_role("button", name="See what is understood").click()
    expect(page.get_by_role("main")).to_contain_text("Fournil du Quai")
    page.get_by_role("button", name="Import").click()
    brought = (
        "select count(*) from vacancies_vacancy v join vacancies_feed f on f.id = v.feed_id where f.name = ?"
    )
    assert waited(lambda: site.rows(brought, "Town hall")[0][0] == 2, 60, "the table was not imported")
