"""The page of an occupation's ideal profile: the same for everybody, with one's own marks on it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.catalog.models import Occupation
from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.jobseekers.models import Jobseeker
from visavis.matches import permissions
from visavis.matches.ideal import corrections
from visavis.matches.models import Correction
from visavis.matches.pages.forms import CorrectionForm
from visavis.matches.pages.ideal import fairness as fairness_page
from visavis.matches.pages.ideal import page as ideal_page
from visavis.matches.pages.ideal import stages as stages_page
from visavis.matches.pages.ideal.page import Reader
from visavis.people.requests import actor_of


@require_GET
def ideal_profile(request: HttpRequest, code: str, jobseeker_id: int | None = None) -> HttpResponse:
    """Show what people hired have in common; a person's marks to herself and to her counsellor."""
    actor = actor_of(request)
    occupation = _occupation(code)
    reader = _reader(request, jobseeker_id)
    context = ideal_page.context(occupation, reader) | {
        "title": _("Ideal profile: %(work)s") % {"work": occupation.label},
        "person": None if reader.is_own else reader.jobseeker,
        "can_correct": permissions.can_correct_profiles(actor),
        "reads_names": permissions.reads_who_corrected(actor),
        "back_url": reverse("catalog:occupation", args=[occupation.pk]),
    }
    return render(request, "matches/ideal_profile.html", context)


@require_GET
def fairness(request: HttpRequest, code: str) -> HttpResponse:
    """Show what each line does to groups of people, and which lines stopped counting."""
    actor = actor_of(request)
    occupation = _occupation(code)
    page = reverse("matches:ideal_profile", args=[occupation.pk])
    context = fairness_page.context(occupation, request.GET.get("by", "")) | {
        "title": _("Fairness of the profile: %(work)s") % {"work": occupation.label},
        "occupation": occupation,
        "can_correct": permissions.can_correct_profiles(actor),
        "back_url": page,
    }
    return render(request, "matches/ideal_fairness.html", context)


@require_GET
def stages(request: HttpRequest, code: str) -> HttpResponse:
    """Show what differs between wanting a work, being proposed for it and being hired."""
    occupation = _occupation(code)
    context = stages_page.context(occupation) | {
        "title": _("From wanting to being hired: %(work)s") % {"work": occupation.label},
        "back_url": reverse("matches:ideal_profile", args=[occupation.pk]),
    }
    return render(request, "matches/ideal_stages.html", context)


@require_GET
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Show the versions of a profile with what each changed, and every mark of counsellors."""
    occupation = _occupation(code)
    context = stages_page.versions(occupation) | {
        "title": _("Versions of the profile: %(work)s") % {"work": occupation.label},
        "back_url": reverse("matches:ideal_profile", args=[occupation.pk]),
    }
    return render(request, "matches/ideal_versions.html", context)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a counsellor what to correct and why; keep it."""
    actor = actor_of(request)
    if not permissions.can_correct_profiles(actor):
        raise Http404
    occupation = _occupation(code)
    page = reverse("matches:ideal_profile", args=[occupation.pk])
    form = CorrectionForm(request.POST if request.method == "POST" else None, occupation=occupation)
    if request.method == "POST" and form.is_valid():
        try:
            corrections.correct(occupation=occupation, by=actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The correction is kept and marked. The lists follow tonight."))
            return redirect(page)
    context = {
        "title": _("Correct the ideal profile: %(work)s") % {"work": occupation.label},
        "form": form,
        "back_url": page,
        "density": "staff",
    }
    return render(request, "matches/ideal_correct.html", context)


@require_POST
def take_back(request: HttpRequest, code: str, correction_id: int) -> HttpResponse:
    """Take a correction back."""
    actor = actor_of(request)
    if not permissions.can_correct_profiles(actor):
        raise Http404
    occupation = _occupation(code)
    correction = get_object_or_404(Correction, pk=correction_id, occupation=occupation)
    corrections.take_back(correction=correction, by=actor)
    messages.success(request, _("The correction is taken back. The lists follow tonight."))
    return redirect("matches:ideal_profile", occupation.pk)


def _occupation(code: str) -> Occupation:
    return get_object_or_404(Occupation, pk=code.upper())


def _reader(request: HttpRequest, jobseeker_id: int | None) -> Reader:
    """Return whose marks are drawn: one's own, those of a person one follows, or nobody's."""
    actor = actor_of(request)
    likes = permissions.reads_interests(actor)
    if jobseeker_id is None:
        own = Jobseeker.objects.filter(user=actor).first()
        return Reader(own, is_own=True, reads_interests=likes)
    sheet = opened.file(request, jobseeker_id, "ideal-profile")
    return Reader(sheet.jobseeker, is_own=sheet.is_hers, reads_interests=likes)
