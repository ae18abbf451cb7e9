"""What a CV without a name keeps of a diploma."""

from visavis.cvs.writing import nameless

MARKS = nameless.words("Amélie Moreau Valence")


def test_a_diploma_loses_its_school_and_its_place() -> None:
    for typed, kept in [
        ("CAP boulanger", "CAP boulanger"),
        ("CAP boulanger, lycée Mendelssohn", "CAP boulanger"),
        ("Bac pro commerce lycée Camille Vernet Valence", "Bac pro commerce"),
        ("Licence de lettres à Grenoble", "Licence de lettres"),
        ("Licence de lettres – Université Lyon 2", "Licence de lettres"),
        ("Formation en secourisme (Croix-Rouge)", "Formation en secourisme"),
        ("Bac Valence", ""),
        ("Brevet d'Amélie Moreau", ""),
        ("Université de Rennes", ""),
        ("écrire à moi@example.org", "écrire"),
        ("BTS 0612345678", ""),
    ]:
        assert nameless.diploma(typed, MARKS) == kept
