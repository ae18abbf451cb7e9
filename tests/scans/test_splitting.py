"""A stack is split at its sheets, and every page is in one part."""

from hypothesis import given
from hypothesis import strategies as st

from visavis.scans.splitting import Seen, split

A, B = ("a",), ("b",)


def numbers(*pages: Seen) -> list[list[int]]:
    return [[one.number for one in stack.pages] for stack in split(pages)]


def test_each_sheet_begins_a_part_and_what_lies_before_the_first_is_one_too() -> None:
    assert numbers(Seen(1), Seen(2, A), Seen(3), Seen(4, B), Seen(5)) == [[1], [2, 3], [4, 5]]
    # Doubled, with a blank back between, it begins one; after a page it begins another.
    assert numbers(Seen(1, A), Seen(2, is_blank=True), Seen(3, A), Seen(4)) == [[1, 2, 3, 4]]
    assert numbers(Seen(1, A), Seen(2), Seen(3, A), Seen(4)) == [[1, 2], [3, 4]]
    # Two codes on one page begin a part of their own each time.
    assert numbers(Seen(1, A), Seen(2, A + B), Seen(3, A + B), Seen(4)) == [[1], [2], [3, 4]]


def test_a_sheet_is_no_page_of_what_it_announces_but_a_letter_written_on_is() -> None:
    (cover,) = split([Seen(1, A), Seen(2), Seen(3, is_blank=True)])
    assert cover.sheets == [1] and [one.number for one in cover.content] == [2]
    (letter,) = split([Seen(1, A, is_content=True), Seen(2)])
    assert letter.sheets == [] and [one.number for one in letter.content] == [1, 2]


@given(
    st.lists(
        st.tuples(st.sampled_from([(), A, B, A + B]), st.booleans(), st.booleans(), st.booleans()),
        max_size=40,
    )
)
def test_every_page_is_in_one_part_in_its_order(
    drawn: list[tuple[tuple[str, ...], bool, bool, bool]],
) -> None:
    pages = [Seen(number, *one) for number, one in enumerate(drawn, 1)]
    assert [number for some in numbers(*pages) for number in some] == [one.number for one in pages]
