"""A town in an advertised title is not part of the job."""

from visavis.vacancies.words.titles import without_town


def test_a_town_is_taken_out_however_it_is_written() -> None:
    assert without_town("Boulanger", "") == "Boulanger"
    assert without_town("Conducteur de Die", "Die") == "Conducteur de "
    assert without_town("Conducteur diesel", "Die") == "Conducteur diesel"
    assert without_town("Cuisinier L’HAŸ LES ROSES", "L'Haÿ-les-Roses") == "Cuisinier "
