"""A merge of two files is killed in the middle, and so is its undoing: a program, `python -m tests.merging.killed`.

Reception's page is asked in a process of its own, which is killed; every cell that is of anybody's file is compared
with what stood before, sealed ones byte for byte, and every file of hers is opened; once more without transactions.
"""

import uuid
from collections.abc import Callable
from typing import Any

from tests.common.at_once import IS_FULL, Found, set_up, tell
from tests.common.striking import Size, measured, no_transactions, strikes

ROUNDS, KILLS = (5, 30) if IS_FULL else (2, 6)
CONTENT = b"octets"
# What rests by the emptied account's key before, and by the other's afterwards.
MOVES = {
    "mailboxes.Message.body",
    "mailboxes.Thread.subject",
    "casefiles.Minutes.body",
    "casefiles.Note.body",
}
LEAST_CELLS, TOLD, BOTH = 80, 2, 2


class Reception:
    """Both files of Amélie, and the pages by which they are one and two again."""

    def __init__(self, town: Any) -> None:
        from tests.merging.two_files import two_files  # noqa: PLC0415  (Django must be set up)
        from visavis.documents import files  # noqa: PLC0415
        from visavis.documents.models import Original  # noqa: PLC0415

        self.town = town
        name = files.keep(CONTENT, person=town.people["amelie"].pk)
        Original.objects.create(document=town.document, number=1, file=name, size=len(CONTENT), digest="x")
        self.two = two_files(town)
        self.sizes: dict[str, Size] = {}
        assert self.browser().get(self.compare).status_code == 200

    def browser(self) -> Any:
        found = self.town.client("rosa")
        found.defaults["SERVER_NAME"] = "127.0.0.1"
        return found

    @property
    def compare(self) -> str:
        from django.urls import reverse  # noqa: PLC0415  (Django must be set up)

        return reverse("merging:compare", args=[self.two.stays.pk, self.two.goes.pk])

    def merge(self) -> None:
        """Press the button below both files: all that can be chosen comes from the one that goes."""
        from tests.merging.two_files import anew  # noqa: PLC0415  (Django must be set up)
        from visavis.merging import facts  # noqa: PLC0415

        differing = facts.differing(anew(self.two.stays), anew(self.two.goes))
        said = {f"fact_{fact.slug}": "goes" for fact in differing}
        said |= {"why": "paper", "looked": "on", "form": str(uuid.uuid4())}
        answer = self.browser().post(self.compare, said)
        assert answer.status_code == 302, answer.status_code

    def undo(self) -> None:
        """Press the button of the merge's own page."""
        from visavis.merging.models import Merge  # noqa: PLC0415  (Django must be set up)

        assert self.browser().post(Merge.objects.latest("pk").url).status_code == 302

    def stands(self) -> dict[str, Any]:
        """Return every cell, and whether each of her files opens by the key of whose it is."""
        from tests.merging.two_files import everything  # noqa: PLC0415  (Django must be set up)
        from visavis.documents import files  # noqa: PLC0415
        from visavis.documents.models import Original  # noqa: PLC0415
        from visavis.merging.models import Merge  # noqa: PLC0415
        from visavis.news.models import News  # noqa: PLC0415

        told = {f":{pk}" for pk in News.objects.filter(thing=Merge.THING).values_list("pk", flat=True)}
        cells = {
            name: value
            for name, value in everything().items()
            # Reception's own session, and what tells both of it.
            if not name.startswith("people.Session.")
            and not (name.startswith("news.") and name[name.rindex(":") :] in told)
        }
        for original in Original.objects.filter(size=len(CONTENT)).select_related("document"):
            try:
                is_whole = files.content(original.file, person=original.document.person_id) == CONTENT
            except Exception:  # noqa: BLE001  (whatever stands in the way: it does not open)
                is_whole = False
            cells[f"opens:{original.pk}"] = is_whole
        return cells

    def merges(self) -> list[Any]:
        """Return the merges that were begun, those undone among them, with how much the book of each holds."""
        from django.db.models import Count  # noqa: PLC0415  (Django must be set up)

        from visavis.merging.models import Merge  # noqa: PLC0415

        return list(
            Merge.objects.annotate(n=Count("cells")).order_by("pk").values_list("pk", "undone_at", "n")
        )

    def told(self, row: Any) -> int:
        from visavis.merging.models import Merge  # noqa: PLC0415  (Django must be set up)
        from visavis.news.models import News  # noqa: PLC0415

        return News.objects.filter(thing=Merge.THING, thing_id=row.pk).count()


def is_merged(desk: Reception) -> bool:
    """Say whether the whole of it stands: the account closed, the book kept, both told, all sealed anew."""
    from tests.merging.two_files import sealed_by  # noqa: PLC0415  (Django must be set up)
    from visavis.journal.models import Entry  # noqa: PLC0415
    from visavis.merging.models import Cell, Merge  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415

    row, goes = Merge.objects.latest("pk"), User.objects.get(pk=desk.two.goes.user_id)
    written = Entry.objects.filter(thing=Merge.THING, thing_id=row.pk)
    return (
        not goes.is_active
        and Cell.objects.filter(merge=row).count() > LEAST_CELLS
        and desk.told(row) == TOLD
        and written.values("person_id").distinct().count() == BOTH
        and not sealed_by(goes) & MOVES
        and all(value for name, value in desk.stands().items() if name.startswith("opens:"))
    )


def killed(desk: Reception, act: Callable[[], object], size: Size) -> int:
    """Kill an act until something of it stands; tell how often."""
    before, kills = (desk.stands(), desk.merges()), 0
    for was_struck in strikes(act, size, KILLS):
        kills += was_struck
        if (desk.stands(), desk.merges()) != before:
            break
    return kills


def merged(desk: Reception) -> Found:
    """Kill the merge, let it go through, kill the undo, let that go through; tell what was found each time."""
    from visavis.merging.models import Cell, Merge  # noqa: PLC0415  (Django must be set up)

    before = desk.stands()
    desk.sizes.setdefault("merge", measured(desk.merge))
    kills = killed(desk, desk.merge, desk.sizes["merge"])
    if not Merge.objects.undoable().exists():
        desk.merge()
    is_whole, merges = is_merged(desk), Merge.objects.undoable().count()
    desk.sizes.setdefault("undo", measured(desk.undo))
    kills += killed(desk, desk.undo, desk.sizes["undo"])
    if Merge.objects.undoable().exists():
        desk.undo()
    after = desk.stands()
    return {
        "kills": kills,
        "is_whole": is_whole,
        "merges": merges,
        "differs": sorted(
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        ),
        "left in the book": Cell.objects.count(),
    }


def careless(desk: Reception) -> Found:
    """Kill the merge as before; tell whether half of it stood."""
    before = desk.merges()
    killed(desk, desk.merge, desk.sizes["merge"])
    return {"is_half": desk.merges() != before and not is_merged(desk)}


def main() -> None:
    set_up()
    from tests import personas  # noqa: PLC0415  (Django must be set up)

    desk = Reception(personas.build())
    guarded = [merged(desk) for _round in range(ROUNDS)]
    with no_transactions():
        tell(guarded, careless(desk))


if __name__ == "__main__":
    main()
