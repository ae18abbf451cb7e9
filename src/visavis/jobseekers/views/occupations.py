"""What typed words may mean: the page that works without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from visavis.jobseekers import lookup, opened, questions, services
from visavis.jobseekers.answers.lists import wish_words, wishes
from visavis.jobseekers.forms.wishes import ChooseOccupationForm
from visavis.jobseekers.models import Experience, WantedOccupation
from visavis.jobseekers.opened import Opened
from visavis.jobseekers.views.question import go_on, next_url


@require_http_methods(["GET", "HEAD", "POST"])
def choose_wish(request: HttpRequest, item_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Ask what the words of a wish mean, then those of the next wish."""
    sheet = opened.profile(request, jobseeker_id)
    wish = get_object_or_404(WantedOccupation, jobseeker=sheet.jobseeker.pk, pk=item_id)
    go = request.GET.get("go", "")
    later = [other for other in wishes(sheet.jobseeker) if other.position > wish.position]
    unknown = next((other for other in later if not other.occupation_id), None)
    done = next_url(sheet, questions.BY_SLUG["wanted"], go)
    if unknown:
        done = sheet.url("choose_wish", item_id=unknown.pk) + go_on(go)
    return choose(request, sheet, wish, done)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_job(request: HttpRequest, item_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Ask what the title of a job means."""
    sheet = opened.profile(request, jobseeker_id)
    job = get_object_or_404(Experience, jobseeker=sheet.jobseeker.pk, pk=item_id)
    return choose(request, sheet, job, sheet.url("question", question="experience"))


def choose(
    request: HttpRequest, sheet: Opened, item: WantedOccupation | Experience, done: str
) -> HttpResponse:
    """Offer what the catalogue finds; with nothing found, the words stay and the way goes on."""
    words = wish_words(item) if isinstance(item, WantedOccupation) else item.title
    found = lookup.occupations(words)
    form = ChooseOccupationForm(
        request.POST or None, found=found, initial={"occupation": item.occupation_id or "-"}
    )
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in found if one.pk == form.cleaned_data["occupation"]), None)
        services.recognise(jobseeker=sheet.jobseeker, item=item, occupation=chosen, by=sheet.by)
        return redirect(done)
    slug = "wanted" if isinstance(item, WantedOccupation) else "experience"
    context = {
        "sheet": sheet,
        "form": form,
        "words": words,
        "found": found,
        "done_url": done,
        "back_url": sheet.url("question", question=slug),
    }
    return render(request, "jobseekers/choose_occupation.html", context)
