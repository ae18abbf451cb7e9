"""Put a feed's file here, say what its columns hold, look at what was understood, and have it read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.catalog.enums import ContractKind
from visavis.common.errors import Refused
from visavis.common.uploading import is_too_big, sized
from visavis.tries import uploads as tries
from visavis.ui.templatetags.ui import pay
from visavis.vacancies import permissions
from visavis.vacancies.feeds import formats, mapping, reasons, uploads
from visavis.vacancies.feeds.forms import ColumnsForm, FileForm, ReadForm
from visavis.vacancies.feeds.records import csv_rows
from visavis.vacancies.models import Feed, FeedUpload
from visavis.vacancies.views.request import SignedIn, allow

DELIMITERS = {";": ";", ",": ",", "|": "|", "\t": "⇥"}
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


@sized
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Take a file and say what it is."""
    allow(permissions.can_read_feeds(request.user))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if is_too_big(request):
        form = FileForm(request.POST or {})
        form.full_clean()
        form.errors.pop("file", None)
        form.add_error("file", FileForm.TOO_BIG)
    elif request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if not tries.take("feed", request.user.pk, tries.Allowance(an_hour=30, a_day=100)):
                raise Refused(_("You have sent many files. Wait an hour, then send this one again."))
            kept = uploads.keep(name=given["name"], file=given["file"], said=given["format"], by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("vacancies:feed_upload", upload_id=kept.pk)
    context = {
        "title": _("Import a file"),
        "form": form,
        "sources": Feed.objects.order_by("name").values_list("name", flat=True)[:100],
        "save_label": _("See what it holds"),
        "kept": _("Nothing is imported yet: you look at it first."),
        "back_url": reverse("vacancies:feeds"),
        "density": "staff",
    }
    return render(request, "vacancies/feed_new.html", context, status=413 if is_too_big(request) else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedIn, upload_id: int) -> HttpResponse:
    """Show a file that waits; choose its columns, have it read, or throw it away."""
    allow(permissions.can_read_feeds(request.user))
    waiting = get_object_or_404(
        FeedUpload.objects.visible_to(request.user).select_related("run"), pk=upload_id
    )
    form = ColumnsForm(upload=waiting)
    if request.method == "POST":
        done = request.POST.get("do", "")
        if done == "discard":
            return discard(request, waiting)
        if waiting.asked_at:
            return redirect("vacancies:feed_upload", upload_id=waiting.pk)
        if done == "columns":
            form = ColumnsForm(request.POST, upload=waiting)
            if form.is_valid() and chosen(form, waiting):
                return redirect(f"{request.path}#understood")
        elif (response := ask(request, waiting)) is not None:
            return response
    return render(request, "vacancies/feed_upload.html", context_of(waiting, form))


def chosen(form: ColumnsForm, waiting: FeedUpload) -> bool:
    try:
        uploads.choose(upload=waiting, columns=form.columns())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def ask(request: SignedIn, waiting: FeedUpload) -> HttpResponse | None:
    """Have the file read, or say why it cannot be."""
    form = ReadForm(request.POST)
    form.is_valid()
    try:
        uploads.ask(upload=waiting, is_partial=form.cleaned_data.get("is_partial", False), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    return redirect("vacancies:feed_upload", upload_id=waiting.pk)


def discard(request: SignedIn, waiting: FeedUpload) -> HttpResponse:
    try:
        uploads.discard(upload=waiting, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("vacancies:feed_upload", upload_id=waiting.pk)
    messages.success(request, _("The file was thrown away. Nothing of it was imported."))
    return redirect("vacancies:feeds")


@require_GET
def progress(request: SignedIn, upload_id: int) -> HttpResponse:
    """Show how far the reading is, alone."""
    allow(permissions.can_read_feeds(request.user))
    waiting = get_object_or_404(
        FeedUpload.objects.visible_to(request.user).select_related("run"), pk=upload_id
    )
    return render(request, "vacancies/feed_progress.html", progress_of(waiting))


def context_of(waiting: FeedUpload, form: ColumnsForm) -> dict[str, Any]:
    preview = waiting.preview
    is_table = waiting.format == csv_rows.FORMAT
    feed = Feed.objects.filter(name=waiting.name).first()
    difference = mapping.compare(feed.columns, preview.get("columns", [])) if feed and is_table else None
    is_ready = not is_table or bool({"title", "occupation"} & set(waiting.columns.values()))
    return {
        "title": waiting.file_name,
        "upload": waiting,
        "form": form if form.is_bound else ReadForm(initial={"is_partial": waiting.is_partial}),
        "columns_form": form if is_table else None,
        "read_form": ReadForm(initial={"is_partial": waiting.is_partial}),
        "format": formats.label(waiting.format),
        "encoding": ENCODINGS.get(preview.get("encoding", ""), ""),
        "delimiter": DELIMITERS.get(preview.get("delimiter", ""), ""),
        "difference": difference if difference and difference.missing else None,
        "rows": [row_of(row) for row in preview.get("rows", [])] if is_ready else [],
        "is_ready": is_ready,
        "back_url": reverse("vacancies:feeds"),
        "density": "staff",
        **progress_of(waiting),
    }


def row_of(row: dict[str, Any]) -> dict[str, Any]:
    """Put a record that was looked at in the reader's words."""
    said = [reasons.sentence(code) for code in dict.fromkeys(row["reasons"])]
    if "title" not in row:
        return {"number": row["number"], "reasons": said, "is_refused": row.get("is_refused", True)}
    contract = row["contract"]
    return {
        **row,
        "contract": ContractKind(contract).label if contract in ContractKind.values else "",
        "pay": pay(*row["pay"]),
        "reasons": said,
    }


def progress_of(waiting: FeedUpload) -> dict[str, Any]:
    """Say how far the reading of a file is."""
    run = waiting.run
    is_over = bool(waiting.refusal or (run and run.ended_at))
    is_moving = bool(waiting.asked_at) and not is_over
    return {
        "upload": waiting,
        "run": run,
        "is_moving": is_moving,
        "is_over": is_over,
        "part": min(1.0, run.read / run.expected) if run and run.expected else None,
        "progress_url": reverse("vacancies:feed_upload_progress", kwargs={"upload_id": waiting.pk})
        if is_moving
        else "",
        "page_url": reverse("vacancies:feed_upload", kwargs={"upload_id": waiting.pk}),
    }
