"""A town in an advertised title is not part of the job."""

import pytest

from visavis.vacancies.words.titles import without_town


@pytest.mark.parametrize(
    ("title", "town", "bare"),
    [
        ("Boulanger", "", "Boulanger"),
        ("Conducteur de Die", "Die", "Conducteur de "),
        ("Conducteur diesel", "Die", "Conducteur diesel"),
        ("Cuisinier L’HAŸ LES ROSES", "L'Haÿ-les-Roses", "Cuisinier "),
    ],
)
def test_a_town_is_taken_out_however_it_is_written(title: str, town: str, bare: str) -> None:
    assert without_town(title, town) == bare
