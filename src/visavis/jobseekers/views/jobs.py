"""The jobs she has held: add, change, remove."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.jobseekers import lookup, opened, services
from visavis.jobseekers.answers.jobs import job_words, read_job
from visavis.jobseekers.forms.experience import JobForm
from visavis.jobseekers.models import Experience
from visavis.jobseekers.questions import digest_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, item_id: int | None = None, jobseeker_id: int | None = None) -> HttpResponse:
    """Add a job or change one; its title may then be recognised as an occupation."""
    sheet = opened.profile(request, jobseeker_id)
    job = None if item_id is None else get_object_or_404(Experience, jobseeker=sheet.jobseeker.pk, pk=item_id)
    stored = read_job(job)
    form = JobForm(request.POST or None, jobseeker=sheet.jobseeker, stored=stored)
    version = digest_of(stored)
    is_stale = (
        job is not None and request.method == "POST" and request.POST.get("version", version) != version
    )
    if form.is_bound and form.is_valid() and not is_stale:
        saved = services.save_job(jobseeker=sheet.jobseeker, job=job, data=form.answer, by=sheet.by)
        if not saved.occupation_id and lookup.occupations(saved.title):
            return redirect(sheet.url("choose_job", item_id=saved.pk))
        return redirect(sheet.url("question", question="experience"))
    context = {
        "sheet": sheet,
        "form": form,
        "title": _("A job you held") if job is None else _("Change this job"),
        "hint": _("Only its name is needed. Leave out what you do not remember."),
        "version": version,
        "stale": services.Stale() if is_stale else None,
        "stored_words": [job_words(job)] if job else [],
        "back_url": sheet.url("question", question="experience"),
        "save_label": _("Save this job"),
    }
    return render(request, "jobseekers/job.html", context, status=409 if is_stale else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, item_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Ask once, then take the job away."""
    sheet = opened.profile(request, jobseeker_id)
    job = get_object_or_404(Experience, jobseeker=sheet.jobseeker.pk, pk=item_id)
    back = sheet.url("question", question="experience")
    if request.method == "POST":
        services.remove_job(jobseeker=sheet.jobseeker, job=job, by=sheet.by)
        return redirect(back)
    context = {
        "title": _("Remove this job from your profile?"),
        "text": job_words(job),
        "save_label": _("Remove it"),
        "danger": True,
        "back_url": back,
        "stay_label": _("No, go back"),
        "sheet": sheet,
    }
    return render(request, "ui/confirm.html", context)
