"""What a page says on its way out of a passage: addresses are led out or taken away, and no other value is touched."""

import pytest

from visavis.journal.under import Under
from visavis.mandates.errands import Errand
from visavis.mandates.passage import Passage
from visavis.mandates.shown import Page
from visavis.people.models import User


class Nowhere(Passage):
    """A passage that opens nothing but what is everybody's."""

    place, prefix, number = "7", "/for/7/", 7

    def errand_named(self, name: str, arguments: object, *, answers: bool) -> Errand | None:
        return None

    def under(self) -> Under:
        return Under(7, 1, 2)

    def still_holds(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ('<img src="/for/7/agencies/">', '<img src="/agencies/">'),
        ('<p data-url="/for/7/messages/" id="a">', '<p id="a">'),
        ('<p data-url="&#x2F;for/7/messages/" id="a">', '<p id="a">'),
        ('<input value="/for/7/messages/">', '<input value="/for/7/messages/">'),
        ('<input value="a b="/><p data-url="/for/7/messages/">', '<input value="a b="/><p>'),
        ('<p title="1 < 2" data-url="/messages/">', '<p title="1 < 2" data-url="/messages/">'),
        ('<p>="/for/7/agencies/"</p>', '<p>="/for/7/agencies/"</p>'),
        ('<ul><li><div class="row"> </div></li></ul>', "<ul></ul>"),
        ('<form action="/for/7/x/" method="post"><p><b>a</b></p></form>b', "b"),
        ('<a class="button" href="/for/7/messages/">Go</a>.', "."),
        ('<a href="/for/7/messages/">Go</a>.', "Go."),
    ],
)
def test_a_page_shows_what_its_passage_opens(html: str, written: str) -> None:
    page = Page(Nowhere(User(pk=1), User(pk=2)), "/for/7/")
    assert page.written(html) == written
