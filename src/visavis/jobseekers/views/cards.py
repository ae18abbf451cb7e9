"""The card sort: one pack a page, what it draws, what goes into the file. The same pages serve a counsellor."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.consents import services as consents
from visavis.jobseekers import opened, services
from visavis.jobseekers.agreed import INTERESTS
from visavis.jobseekers.cards import approving, drawing, families
from visavis.jobseekers.cards.approving import QUESTION, Change
from visavis.jobseekers.cards.deck import Deck, deck
from visavis.jobseekers.cards.sorting import Pile, Sorting
from visavis.jobseekers.forms.cards import ApprovalForm, PackForm
from visavis.jobseekers.opened import Opened

# What the script sends while she sorts: keep, and answer nothing.
KEEP_ONLY = "keep"


def table(request: HttpRequest, jobseeker_id: int | None) -> tuple[Opened, Deck, Sorting]:
    """Open the sorting of a person: who it is, the cards, where they lie."""
    sheet = opened.profile(request, jobseeker_id)
    return sheet, deck(), Sorting(request.session, sheet.jobseeker)


@require_GET
def start(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Say what the cards are, where she stands, and how to have them on paper."""
    sheet, cards, sorting = table(request, jobseeker_id)
    known = [card for card in cards.cards if card.code in sorting.piles]
    context = {
        "sheet": sheet,
        "cards": len(cards.cards),
        "packs": len(cards.packs),
        "sorted": len(known),
        "next_url": next_pack(sheet, cards, sorting),
        "drawing_url": sheet.url("cards_drawing"),
        "forget_url": sheet.url("cards_forget"),
        "paper_url": sheet.url("cards_paper"),
        "back_url": sheet.url("question", question=QUESTION.slug),
    }
    return render(request, "jobseekers/cards/start.html", context)


def next_pack(sheet: Opened, cards: Deck, sorting: Sorting, after: int = 0) -> str:
    """Return the first pack, after this one, that has a card to sort; the drawing when there is none."""
    waiting = [card.pack for card in cards.cards if card.code not in sorting.piles and card.pack > after]
    return sheet.url("cards_pack", pack=min(waiting)) if waiting else sheet.url("cards_drawing")


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, pack: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Show one pack, or keep where its cards were laid."""
    sheet, cards, sorting = table(request, jobseeker_id)
    dealt = cards.pack(pack)
    if not dealt:
        raise Http404
    form = PackForm(request.POST if request.method == "POST" else None, cards=dealt, piles=sorting.piles)
    if form.is_bound and form.is_valid():
        sorting.put(form.piles)
        go = request.POST.get("go", "")
        if go == KEEP_ONLY:
            return HttpResponse(status=204)
        stop = go == "drawing"
        return redirect(sheet.url("cards_drawing") if stop else next_pack(sheet, cards, sorting, after=pack))
    place = cards.packs.index(pack)
    context = {
        "sheet": sheet,
        "form": form,
        "place": place + 1,
        "packs": len(cards.packs),
        "back_url": sheet.url("cards_pack", pack=cards.packs[place - 1]) if place else sheet.url("cards"),
    }
    return render(request, "jobseekers/cards/pack.html", context)


@require_GET
def draw(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Draw what the sorting says, and the families of occupations it opens."""
    sheet, cards, sorting = table(request, jobseeker_id)
    types = drawing.types(cards, sorting.piles)
    undo = sorting.undo
    context: dict[str, Any] = {
        "sheet": sheet,
        "types": types,
        "hexagon": drawing.hexagon(types),
        "is_drawn": all(one.part is not None for one in types),
        "fewest": drawing.FEWEST,
        "standing_out": drawing.standing_out(types),
        "families": families.families(cards, sorting.piles),
        "sorted": sum(one.sorted_cards for one in types),
        "cards": len(cards.cards),
        "more_url": next_pack(sheet, cards, sorting),
        "approve_url": sheet.url("cards_approve"),
        "forget_url": sheet.url("cards_forget"),
        "undo_url": sheet.url("cards_undo") if undo else "",
        "undo_says_yes": undo is not None and Change.of(undo).puts_back,
        "in_file": QUESTION.summary(sheet.jobseeker),
        "back_url": sheet.url("cards"),
    }
    return render(request, "jobseekers/cards/drawing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Offer what she likes for her file, one by one; keep what she ticked."""
    sheet, cards, sorting = table(request, jobseeker_id)
    in_file = approving.in_file(sheet.jobseeker)
    groups = offered(cards, sorting, sheet)
    flat = {code: label for _title, several in groups for code, label in several}
    form = ApprovalForm(request.POST if request.method == "POST" else None, offered=flat, in_file=in_file)
    stale = None
    if form.is_bound and form.is_valid():
        try:
            change = approving.approve(
                jobseeker=sheet.jobseeker,
                offered=set(flat),
                ticked=set(form.cleaned_data["kept"]),
                by=sheet.by,
                version=form.cleaned_data["version"],
                sheet=None,
            )
        except services.Stale as refusal:
            stale = refusal
        else:
            sorting.remember(change.plain() if change.before != change.after else None)
            messages.success(request, said(change))
            return redirect(sheet.url("cards_drawing"))
    context = {
        "sheet": sheet,
        "form": form,
        "groups": drawn(groups, form.ticked, in_file),
        "version": QUESTION.digest(services.reread(sheet.jobseeker) if stale else sheet.jobseeker),
        "stale": stale,
        "back_url": sheet.url("cards_drawing"),
    }
    return render(request, "jobseekers/cards/approve.html", context, status=409 if stale else 200)


def offered(cards: Deck, sorting: Sorting, sheet: Opened) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what may go into the file, by pile, then what is in it and was not liked in this sorting."""
    by_code = cards.by_code()
    like, little = (
        [(code, by_code[code].label) for code in sorting.on(pile) if code in by_code]
        for pile in (Pile.LIKE, Pile.A_LITTLE)
    )
    shown = {code for code, _label in (*like, *little)}
    rest = [
        (one.interest_id, one.interest.label)
        for one in approving.rows_in_file(sheet.jobseeker)
        if one.interest_id not in shown
    ]
    titles = (_("Cards on “I like”"), _("Cards on “A little”"), _("In the file already"))
    return [(title, several) for title, several in zip(titles, (like, little, rest), strict=True) if several]


def drawn(
    groups: list[tuple[str, list[tuple[str, str]]]], ticked: set[str], in_file: set[str]
) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "choices": [
                {"code": code, "label": label, "is_ticked": code in ticked, "is_there": code in in_file}
                for code, label in several
            ],
        }
        for title, several in groups
    ]


def said(change: Change) -> str:
    """Say what an approval did."""
    sentences = []
    if change.added:
        sentence = ngettext(
            "%(n)s interest put into the file.", "%(n)s interests put into the file.", change.added
        )
        sentences.append(sentence % {"n": change.added})
    if change.removed:
        sentence = ngettext("%(n)s taken out of the file.", "%(n)s taken out of the file.", change.removed)
        sentences.append(sentence % {"n": change.removed})
    return " ".join(sentences) or _("Nothing has changed in the file.")


@require_POST
def undo(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Take the last approval back."""
    sheet, _cards, sorting = table(request, jobseeker_id)
    if sorting.undo:
        change = Change.of(sorting.undo)
        if change.puts_back and not consents.is_read(INTERESTS, request.POST.get(consents.SHOWN)):
            messages.warning(request, str(consents.NOT_READ))
            return redirect(sheet.url("cards_drawing"))
        try:
            approving.take_back(jobseeker=sheet.jobseeker, change=change, by=sheet.by)
        except approving.ChangedSince as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Taken back: the file is as it was before."))
        sorting.remember(None)
    return redirect(sheet.url("cards_drawing"))


@require_POST
def forget(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Drop the sorting; the file stays as it is."""
    sheet, _cards, sorting = table(request, jobseeker_id)
    sorting.forget()
    messages.success(request, _("The sorting is forgotten. The file has not changed."))
    return redirect(sheet.url("cards"))
