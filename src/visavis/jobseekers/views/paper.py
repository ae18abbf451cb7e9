"""The cards on paper: printed for a person, and her answers entered by her counsellor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.consents.models import Consent
from visavis.jobseekers import opened, services
from visavis.jobseekers.cards import approving, printing
from visavis.jobseekers.cards.approving import QUESTION, Sheet
from visavis.jobseekers.cards.codes import code_of
from visavis.jobseekers.cards.deck import deck, editions
from visavis.jobseekers.cards.sorting import Sorting
from visavis.jobseekers.enums import SheetChannel
from visavis.jobseekers.forms.cards import CodeForm, SheetForm
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.jobseekers.views.cards import said
from visavis.people.enums import Capacity, Role
from visavis.people.models import User


@require_GET
def paper(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Show what there is to print, in which language, and where the sheet goes."""
    sheet = opened.profile(request, jobseeker_id)
    words = {"fr": _("in French"), "en": _("in English")}
    prints = [
        {
            "in": words[language],
            "cards_url": sheet.url("cards_pdf", language=language),
            "sheet_url": sheet.url("sheet_pdf", language=language) if sheet.jobseeker.pk else "",
        }
        for language in printing.LANGUAGES
    ]
    context = {
        "sheet": sheet,
        "prints": prints,
        "where": printing.where(sheet.jobseeker.agency),
        "code": code_of(sheet.jobseeker.pk) if sheet.jobseeker.pk else "",
        "enter_url": "" if sheet.is_hers else sheet.url("sheet"),
        "back_url": sheet.url("cards"),
    }
    return render(request, "jobseekers/cards/paper.html", context)


@require_GET
def cards_pdf(request: HttpRequest, language: str, jobseeker_id: int | None = None) -> HttpResponse:
    """Give the cards to cut out."""
    opened.profile(request, jobseeker_id)
    return pdf(printing.cards(checked(language)), _("cards"), language)


@require_GET
def sheet_pdf(request: HttpRequest, language: str, jobseeker_id: int | None = None) -> HttpResponse:
    """Give the answer sheet of a person, with the code of her file."""
    sheet = opened.profile(request, jobseeker_id)
    if sheet.jobseeker.pk is None:
        raise Http404
    return pdf(printing.sheet(sheet.jobseeker, checked(language)), _("answer-sheet"), language)


def checked(language: str) -> str:
    if language not in printing.LANGUAGES:
        raise Http404
    return language


def pdf(content: bytes, name: str, language: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="vis-a-vis-{name}-{language}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Enter a sheet: three lists of numbers, checked against the counts written on it."""
    sheet = opened.profile(request, jobseeker_id)
    asked = request.POST.get("edition", "")
    cards = deck(asked if asked in editions() else "")
    form = SheetForm(request.POST if request.method == "POST" else None, deck=cards)
    if form.is_bound and form.is_valid():
        try:
            return entered(request, sheet, form)
        except services.Stale as stale:
            form.add_error(None, str(stale))
    context = {
        "sheet": sheet,
        "form": form,
        "code": code_of(sheet.jobseeker.pk),
        "cards": len(cards.cards),
        "density": "staff",
        "back_url": sheet.url("cards_paper"),
    }
    return render(request, "jobseekers/cards/enter.html", context)


def entered(request: HttpRequest, sheet: Opened, form: SheetForm) -> HttpResponse:
    """Put into the file what the sheet says, and lay the cards out to look at together."""
    is_heard = form.cleaned_data["is_heard"]
    how = Consent.How.COUNTER if is_heard else Consent.How.PAPER
    # Kept with the yes are the words as she read them, in the language of her sheet.
    with override((not is_heard and form.language) or get_language()):
        change = approving.approve(
            jobseeker=sheet.jobseeker,
            offered=form.for_file,
            ticked=form.for_file,
            by=sheet.by,
            version=QUESTION.digest(sheet.jobseeker),
            sheet=Sheet(SheetChannel(form.cleaned_data["channel"]), form.deck.edition, how),
        )
    sorting = Sorting(request.session, sheet.jobseeker)
    sorting.replace(form.piles)
    sorting.remember(change.plain() if change.before != change.after else None)
    messages.success(request, _("The sheet is entered.") + " " + said(change))
    return redirect(sheet.url("cards_drawing"))


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Go from the code at the head of a sheet to the person whom the reader accompanies."""
    actor = request.user
    if not isinstance(actor, User) or not actor.has_role(Role.COUNSELLOR):
        raise Http404
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        people = Jobseeker.objects.acted_for_by(actor, Capacity.COUNSELLOR).exclude(user=actor)
        if found := people.filter(pk=form.cleaned_data["code"]).first():
            return redirect("jobseekers:person_sheet", jobseeker_id=found.pk)
        form.add_error(
            "code", _("You accompany nobody with this code. Give the sheet to the counsellor who does.")
        )
    context = {"form": form, "density": "staff", "back_url": reverse("jobseekers:people")}
    return render(request, "jobseekers/cards/find.html", context)
