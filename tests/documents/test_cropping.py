"""The sheet is cut out of a photo and lit; where none is seen the photo stays; one act shows the whole photo again."""

import io
from functools import cache

import numpy as np
import pytest
from django.urls import reverse
from PIL import Image, ImageDraw

from tests.documents import making
from tests.documents.test_documents import looked_at
from tests.personas import Town
from visavis.common import clock
from visavis.documents import files
from visavis.documents.drawing import cropping
from visavis.documents.drawing.pages import pages
from visavis.journal.models import Entry

WOOD, DARK, GREY, WHITE = (90, 70, 50), (30, 30, 35), (120, 120, 125), (235, 235, 235)


@cache
def sheet() -> Image.Image:
    page = Image.new("RGB", (1200, 1700), (244, 243, 240))
    draw = ImageDraw.Draw(page)
    draw.rectangle((110, 90, 420, 190), fill=(20, 60, 140))
    for line in range(14):
        draw.text(
            (110, 260 + 80 * line), "Attestation de travail, faite à Valence", fill=(30, 30, 40), font_size=36
        )
    return page


def photo(
    desk: tuple[int, int, int], angle: float = 8, *, lean: float = 0.08, share: float = 0.7
) -> tuple[Image.Image, np.ndarray]:
    """Return a sheet on a desk as a telephone sees it, half in the shadow, and where its corners are."""
    size, grain = (900, 1200), np.random.default_rng(3)
    wide = size[0] * share
    high = wide * 17 / 12
    turn = np.radians(angle)
    square = [(-wide / 2, -high / 2), (wide / 2, -high / 2), (wide / 2, high / 2), (-wide / 2, high / 2)]
    at = []
    for number, (x, y) in enumerate(square):
        x *= 1 - lean if number < 2 else 1 + lean
        at.append(
            (
                size[0] / 2 + x * np.cos(turn) - y * np.sin(turn),
                size[1] / 2 + x * np.sin(turn) + y * np.cos(turn),
            )
        )
    goals = [(0, 0), (1200, 0), (1200, 1700), (0, 1700)]
    rows, wanted = [], []
    for (x, y), (u, v) in zip(at, goals, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    plane = tuple(np.linalg.solve(np.array(rows), np.array(wanted)))
    how = (size, Image.Transform.PERSPECTIVE, plane, Image.Resampling.BICUBIC)
    points = np.array(desk) + grain.normal(0, 10, (size[1], size[0], 1))
    table = Image.fromarray(points.clip(0, 255).astype(np.uint8))
    table.paste(sheet().transform(*how), mask=Image.new("L", (1200, 1700), 255).transform(*how))
    shadow = np.linspace(1, 0.55, size[0])[None, :, None]
    seen = np.asarray(table) * shadow + grain.normal(0, 5, (size[1], size[0], 3))
    return Image.fromarray(seen.clip(0, 255).astype(np.uint8)), np.array(at)


@pytest.mark.parametrize(
    ("desk", "angle", "share"),
    [(WOOD, 8, 0.7), (DARK, -15, 0.7), (GREY, 3, 0.7), (WOOD, 30, 0.5), (WOOD, 2, 0.9)],
    ids=["wood", "dark", "grey", "far and askew", "near"],
)
def test_the_corners_of_a_sheet_are_found(desk: tuple[int, int, int], angle: float, share: float) -> None:
    taken, corners = photo(desk, angle, share=share)
    found = cropping.corners(taken)
    assert found is not None
    assert np.abs(found - corners).max() < 0.02 * max(taken.size)


@pytest.mark.parametrize(
    "picture",
    [
        Image.fromarray(
            np.random.default_rng(1).normal(128, 30, (600, 500, 3)).clip(0, 255).astype(np.uint8)
        ),
        Image.new("RGB", (600, 800), "white"),
        Image.new("RGB", (30, 30), "black"),
        sheet(),
        photo(WHITE)[0],
    ],
    ids=["noise", "blank", "tiny", "a sheet from edge to edge", "white on white"],
)
def test_where_no_sheet_is_seen_for_certain_the_photo_stays(picture: Image.Image) -> None:
    assert cropping.cropped(picture) is None


def test_the_shadow_is_gone_the_colours_stay_and_a_scan_is_never_cut() -> None:
    taken, written = photo(WOOD)[0], io.BytesIO()
    cut = cropping.cropped(taken)
    assert cut is not None and cut.height > cut.width
    points = np.asarray(cut.resize((120, 170)), dtype=float)
    paper = [points[150, 20], points[150, 100], points[25, 100]]
    assert min(one.min() for one in paper) > 225 and np.ptp([one.mean() for one in paper]) < 15
    blue = points[13, 25]
    assert blue[2] > blue[0] + 60
    taken.save(written, "TIFF")
    (page,) = pages(written.getvalue())
    assert page.as_taken is None and (page.width, page.height) == (900, 1200)


@pytest.mark.django_db
def test_the_whole_photo_is_shown_again_by_one_act_and_nothing_is_lost(town: Town) -> None:
    document = looked_at(town, making.jpeg(photo(WOOD)[0]))
    page = document.pages.get()
    assert page.as_taken and (page.taken_width, page.taken_height) == (900, 1200) and page.width < 800
    client = town.client("amelie")
    where = {"document_id": document.pk, "number": 1}
    picture, act = reverse("documents:picture", kwargs=where), reverse("documents:as_taken", kwargs=where)
    assert "La feuille a été détourée" in client.get(document.url).content.decode()
    sizes = [Image.open(io.BytesIO(client.get(picture).content)).size]
    for show in ("as-taken", "cut"):
        assert client.post(act, {"show": show}).status_code == 302
        sizes.append(Image.open(io.BytesIO(client.get(picture).content)).size)
    assert sizes[1] == (900, 1200) and sizes[0] == sizes[2] != sizes[1]
    assert Entry.objects.filter(thing="document", note="page-1:as-taken").exists()
    with clock.moved(clock.now() + files.ORPHAN * 2):
        assert files.sweep() == 0, "the photo as it was taken is no orphan"
    other = looked_at(town, making.jpeg(sheet()))
    act = reverse("documents:as_taken", kwargs={"document_id": other.pk, "number": 1})
    assert client.post(act).status_code == 404
