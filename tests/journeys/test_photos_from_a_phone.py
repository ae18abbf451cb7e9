"""Three photos from an old phone over a network that drops in the middle: one document, whole and upright.

What is sent goes on by itself; after a reload the same photos chosen again go on too. Without JavaScript the form
carries them at once.
"""

import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from tests.documents import making
from tests.journeys.conftest import PATIENCE_MS
from tests.journeys.dropping import Dropping, dropping
from tests.journeys.site import ROOT, Site, environment_of, waited
from tests.programs import run

pytestmark = pytest.mark.journey

# 360 points wide; up 80 kB/s, down 100 kB/s and 300 ms each way.
PHONE = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 100_000, "uploadThroughput": 80_000}
# A connection is cut when it has carried so much: less than any of the photos weighs.
BEARS = 140_000
ORIGINALS = """
import hashlib, sys, django
django.setup()
from visavis.documents import files
from visavis.documents.models import Original
for one in Original.objects.filter(document=sys.argv[1]).select_related("document").order_by("number"):
    print(hashlib.sha256(files.content(one.file, person=one.document.person_id)).hexdigest())
"""
# How a camera turns what it took, and what undoes it: held sideways, upright, upside down.
LIES = {1: None, 6: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180}


def photo(number: int, orientation: int, kind: str, of: str) -> bytes:
    """Take a photo of a page: its upper left corner is black, and at the right stand as many bars as its number."""
    pillow_heif.register_heif_opener()
    page = making.sheet(900, 1275)
    draw = ImageDraw.Draw(page)
    for bar in range(number):
        draw.rectangle((640, 40 + 60 * bar, 860, 70 + 60 * bar), fill=(0, 0, 0))
    grain = np.random.default_rng([number, len(of)]).normal(0, 7, (1275, 900, 1))
    taken = Image.fromarray((np.asarray(page, dtype=np.float32) + grain).clip(0, 255).astype(np.uint8))
    if (lies := LIES[orientation]) is not None:
        taken = taken.transpose(lies)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    taken.save(kept, kind, exif=exif.tobytes(), quality=92)
    return kept.getvalue()


@pytest.fixture
def photos(tmp_path: Path, request: pytest.FixtureRequest) -> list[Path]:
    """As they lie in her phone, others for each test: one held sideways, one by an iPhone upside down."""
    found: list[Path] = []
    for number, (orientation, kind, ending) in enumerate(
        ((1, "JPEG", "jpg"), (6, "JPEG", "jpg"), (3, "HEIF", "heic")), 1
    ):
        found.append(tmp_path / f"IMG_000{number}.{ending}")
        found[-1].write_bytes(photo(number, orientation, kind, request.node.name))
        assert len(found[-1].read_bytes()) > BEARS
    return found


@pytest.fixture
def network(site: Site) -> Iterator[Dropping]:
    with dropping(site.url) as network:
        yield network


type Phone = Callable[..., Page]


@pytest.fixture
def phone(chromium: Browser, network: Dropping) -> Iterator[Phone]:
    """Her phone, on the page where documents are given."""
    contexts = []

    def held(*, scripts: bool) -> Page:
        context = chromium.new_context(  # type: ignore[misc]
            base_url=network.url, locale="fr-FR", java_script_enabled=scripts, **PHONE
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto("/demo/as/jobseeker/")
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", SLOW)
        page.on("dialog", lambda asked: asked.accept())
        page.goto("/documents/")
        return page

    yield held
    for context in contexts:
        context.close()


def choose(page: Page, photos: list[Path]) -> None:
    """Choose the photos, say what they are, and send."""
    page.locator("input[type=file]").set_input_files(photos)
    other = page.locator("input[name=expected][value='']")
    if other.count():
        other.check()
    page.locator("select[name=kind]").select_option("work")
    page.get_by_role("button", name="Envoyer", exact=True).click()


def arrived(page: Page) -> int:
    """Wait until it arrived whole, and return its number."""
    page.wait_for_url(re.compile(r"/documents/\d+/"), timeout=4 * PATIENCE_MS)
    expect(page.get_by_role("main")).to_contain_text("entier")
    return int(re.findall(r"/documents/(\d+)/", page.url)[0])


def is_one_whole_document(page: Page, site: Site, number: int, photos: list[Path]) -> None:
    """Its originals are the photos, byte for byte and sealed; its pages are three, upright and in their order."""
    kept = run(
        [sys.executable, "-c", ORIGINALS, str(number)],
        env=environment_of(site, 0), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert kept.stdout.split() == [hashlib.sha256(one.read_bytes()).hexdigest() for one in photos]
    lying = [one.read_bytes() for one in site.var.rglob("documents/*/*") if one.is_file()]
    assert lying and not any(one.read_bytes()[100:200] in sealed for one in photos for sealed in lying)
    counted = "select count(*) from documents_page where document_id = ?"
    assert waited(lambda: site.rows(counted, number)[0][0] == len(photos), 120, "its pages were not drawn")
    for at in (1, 2, 3):
        answer = page.request.get(f"/documents/{number}/page-{at}.jpg")
        picture = Image.open(io.BytesIO(answer.body())).convert("L")
        assert picture.width < picture.height, at
        assert picture.getpixel((picture.width // 10, picture.height // 20)) < 60, at  # type: ignore[operator]
        assert picture.getpixel((picture.width // 10, picture.height * 19 // 20)) > 180, at  # type: ignore[operator]
        assert bars(picture) == at
        assert b"Exif" not in answer.body()


def bars(picture: Image.Image) -> int:
    """Count the bars at the right, from the top."""
    column = np.asarray(picture)[: picture.height // 3, picture.width * 5 // 6] < 110
    return int((np.diff(column.astype(int)) == 1).sum())


def test_over_a_network_that_drops_it_goes_on_by_itself_and_after_a_reload(
    phone: Phone, network: Dropping, site: Site, photos: list[Path]
) -> None:
    page = phone(scripts=True)
    weigh = sum(one.stat().st_size for one in photos)
    network.carried, network.bears = 0, BEARS
    network.away_after = photos[0].stat().st_size + BEARS
    choose(page, photos)
    status = page.locator("[data-visavis-parts-shown] [role=status]")
    assert waited(lambda: network.is_away, 150, "the network never went")
    expect(status).to_contain_text("Le réseau est coupé")
    network.is_away = False
    expect(status).to_contain_text("Le réseau est revenu")
    # In the middle of a photo, mostly the second, the page goes too: she opens it anew and chooses the same photos.
    network.bears, before = 0, network.carried
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"avai(en)?t commencé à arriver"))
    network.bears = BEARS
    choose(page, photos)
    number = arrived(page)
    assert network.cuts >= 4 and before > photos[0].stat().st_size
    # Nothing that arrived is sent a second time, not after the reload either.
    assert network.carried < weigh * 1.15
    network.bears = 0
    is_one_whole_document(page, site, number, photos)
    assert site.rows("select count(*) from documents_partial") == [(0,)]


@pytest.mark.again
def test_without_a_script_the_form_carries_them(
    phone: Phone, network: Dropping, site: Site, photos: list[Path]
) -> None:
    page = phone(scripts=False)
    choose(page, photos)
    is_one_whole_document(page, site, arrived(page), photos)
