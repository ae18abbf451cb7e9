"""A scanned answer sheet: the form filled with what the machine read, beside the pages; entered by its counsellor."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.jobseekers import opened, services
from visavis.jobseekers.cards import layout, read
from visavis.jobseekers.cards.codes import code_of
from visavis.jobseekers.cards.deck import Deck, deck, editions, rows
from visavis.jobseekers.cards.read import PageRead, SheetRead
from visavis.jobseekers.forms.scanned import ScannedSheetForm
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.views.paper import entered
from visavis.people.requests import PersonRequest
from visavis.scans import filing, sheets
from visavis.scans.enums import PartState, Purpose
from visavis.scans.models import Part, ScanPage, SheetReading
from visavis.scans.views.tray import clerk

# A cut row shows a little of what is above and under it, in mm.
MARGIN = 1.5


@dataclass(frozen=True)
class Cut:
    """A row of the sheet as it is cut out of the picture of its page, for SVG: in mm, laid straight."""

    picture: ScanPage
    box: str
    straight: str


@dataclass(frozen=True)
class Open:
    """A doubtful card: its number and words, its row cut out of each copy of its page, and what is asked."""

    number: int
    words: str
    cuts: list[Cut]
    fields: list[forms.BoundField]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, part_id: int) -> HttpResponse:
    """Show what was read on a sheet beside its pages; enter what the counsellor says."""
    actor = clerk(request)
    rows_ = Part.objects.visible_to(actor).filter(purpose=Purpose.CARDS, state=PartState.FILED)
    part = get_object_or_404(rows_.select_related("scan", "person"), pk=part_id)
    file = get_object_or_404(Jobseeker, user=part.person_id or 0)
    sheet = opened.profile(request, file.pk)
    if sheet.is_hers:
        raise Http404
    if part.thing_id is not None:
        return redirect(part.url)
    reading = SheetReading.objects.visible_to(actor).filter(part=part).first()
    edition = reading.edition if reading and reading.edition in editions() else ""
    whole, pages = deck(edition), read.of_plain(reading.pages) if reading else []
    found = read.together(pages, whole) if pages else SheetRead(there=set(deck(edition).by_number()))
    data = request.POST if request.method == "POST" else None
    form = ScannedSheetForm(data, deck=whole, read=found, words=sheets.words_on(part))
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                filing.note_entered(part=part, by=actor)
                return entered(request, sheet, form)
        except services.Stale as stale:
            form.add_error(None, str(stale))
        except filing.Sorted as refusal:
            messages.error(request, str(refusal))
            return redirect(part.url)
    context = {
        "sheet": sheet,
        "part": part,
        "form": form,
        "read": found,
        "is_being_read": reading is None,
        "is_read": any(one.seen for one in pages),
        "opens": opens(part, pages, whole, form),
        "pages": list(part.pages.filter(file__isnull=False, is_blank=False).order_by("number")),
        "code": code_of(file.pk),
        "cards": len(whole.cards),
        "others": others(part),
        "back_url": part.url,
        "density": "staff",
    }
    return render(request, "scans/sheet.html", context)


def others(part: Part) -> dict[str, Any]:
    """Return the other sheets of the same person: the last one that was entered, and one that waits as well."""
    hers = Part.objects.filter(person=part.person_id, purpose=Purpose.CARDS, state=PartState.FILED)
    rest = hers.exclude(pk=part.pk).order_by("-filed_at", "-pk")
    return {
        "entered": rest.filter(thing_id__isnull=False).first(),
        "waiting": rest.filter(thing_id__isnull=True).first(),
    }


def opens(part: Part, pages: list[PageRead], whole: Deck, form: ScannedSheetForm) -> list[Open]:
    """Return the doubtful cards, each with its row cut out of each picture of its page."""
    pictures = {one.number: one for one in part.pages.filter(file__isnull=False)}
    places = {number: place for place, (number, _pack, _code) in enumerate(rows(whole.edition))}
    cards = whole.by_number()
    return [
        Open(number, cards[number].label, cuts(places[number], pages, pictures, whole), fields)
        for number, fields in form.open_fields.items()
    ]


def cuts(place: int, pages: list[PageRead], pictures: dict[int, ScanPage], whole: Deck) -> list[Cut]:
    count = len(rows(whole.edition))
    row = layout.row(place, count)
    height = layout.row_height(count) + 2 * MARGIN
    box = f"{row.left:.2f} {row.middle - height / 2:.2f} {layout.COLUMN_WIDTH:.2f} {height:.2f}"
    return [
        Cut(pictures[one.picture], box, straight)
        for one in pages
        if one.page == row.page
        and one.picture in pictures
        and one.seen is not None
        and (straight := back(one.seen.lies))
    ]


def back(lies: tuple[float, ...]) -> str:
    """Return the map from points of the picture to mm of the sheet, as SVG writes a matrix; nothing where none is."""
    a, b, c, d, e, f = lies
    size = a * d - b * c
    if abs(size) < 1e-6:
        return ""
    turned = (d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size)
    return f"matrix({' '.join(f'{one:.6f}' for one in turned)})"
