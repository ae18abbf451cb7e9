"""What the cells of the desk's list say, word by word."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.caseload import Introduced, Person
from tests.personas import Town
from visavis.common import clock

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_cells_of_a_row_say_what_their_columns_are_called(
    town: Town, person: Person, introduced: Introduced
) -> None:
    introduced(person("Zita"), answer_by=clock.today() + dt.timedelta(days=1))
    page = town.client("bruno").get(reverse("portal:desk"), {"q": "Zita"}).content.decode()
    row = next(one for one in page.split("<tbody>")[1].split("<tr")[1:] if "Zita" in one)
    cells = {
        name: " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for name, cell in re.findall(r'<t[dh][^>]*class="(\w+)"[^>]*>(.*?)</t[dh]>', row, re.DOTALL)
    }
    assert cells["name"].startswith("Zita") and cells["work"] == "pain" and cells["town"] == "Valence"
    assert cells["waiting"] and cells["act"].startswith("Demander une réponse") and cells["date"] == "demain"
