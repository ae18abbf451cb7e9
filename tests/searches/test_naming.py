"""The place that words name."""

from visavis.commands.search import places


def test_a_place_is_known_by_its_name_and_a_word_of_work_is_none() -> None:
    for words, announced, kind, code in (
        ("puy en velay", True, "town", "43157"),
        ("st etienne", True, "town", "42218"),
        ("26000", False, "town", "26362"),
        ("07", True, "department", "07"),
        ("drome", False, "department", "26"),
        ("bretagne", True, "region", "53"),
        ("switzerland", True, "country", "suisse"),
        ("macon", True, "town", "71270"),
    ):
        found = places()(words.split(), announced)
        assert found is not None and (found.kind, found.code) == (kind, code)
    for words, announced in (("macon", False), ("vignes", True), ("mer", True), ("35", False), ("", True)):
        assert places()(words.split(), announced) is None
