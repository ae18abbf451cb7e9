"""Photographs as phones and cameras make them: each is drawn, on a machine of any number of cores."""

from pathlib import Path

import pytest

from visavis.documents.drawing.alone import draw

# What each shows: its pages, and the longer side of the first.
PHOTOS = {"bird_burst.heic": (4, 1280), "pug.heic": (1, 2000), "spatial_photo.heic": (2, 2000)}


@pytest.mark.parametrize("name", list(PHOTOS))
def test_a_photo_of_a_real_phone_is_drawn(name: str, shared_data: Path) -> None:
    pages = draw((shared_data / "photos" / name).read_bytes())
    assert (len(pages), max(pages[0].width, pages[0].height)) == PHOTOS[name]
    assert not pages[0].is_dark
