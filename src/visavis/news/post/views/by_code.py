"""Who holds a letter types its code, and reads what it tells, without an account: that one thing, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.uploading import sized
from visavis.news import wording
from visavis.news.models import Envelope
from visavis.news.post import letters
from visavis.news.post.forms import CodeOfLetterForm
from visavis.people import limits
from visavis.tries.limits import forgive

# Which letters this browser has opened, and when each was last read. Devices are shared: half an hour without
# reading closes it, and so does who has finished.
OPENED = "letters_opened"
LIFE_S = 30 * 60


class NotThisCode(Refused):
    """No letter has this code today, or what it tells has no page."""

    words = gettext_lazy(
        "This code opens nothing: it is mistyped, too old, or the letter came back to us. Call the agency."
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str = "") -> HttpResponse:
    """Ask for the code, which the picture on the letter has filled in; open what it tells."""
    if code and len(code.replace("-", "")) != letters.LENGTH:
        raise Http404
    form = CodeOfLetterForm(request.POST if request.method == "POST" else None, initial={"code": code})
    if form.is_bound and form.is_valid():
        typed = letters.digest(form.cleaned_data["code"])
        try:
            if refusal := limits.refusal(request, limits.HANDED, typed):
                raise Refused(refusal)
            envelope = letters.opened_by(form.cleaned_data["code"])
            if envelope is None or not wording.has_page(envelope.news):
                raise NotThisCode
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            forgive(request, limits.HANDED, typed)
            if request.user.pk == envelope.news.user_id:
                return redirect(envelope.news.link)
            note_read(request, envelope.pk)
            return redirect("news:by_code_read", envelope_id=envelope.pk)
    context = {
        "form": form,
        "title": _("You hold a letter of ours"),
        "hint": _("Its code opens what the letter tells, and nothing else. You need no account."),
        "save_label": _("Open it"),
        "back_url": reverse("portal:home"),
    }
    return render(request, "ui/question.html", context)


@login_not_required
@never_cache
@sized
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Show what a letter tells to the browser in which its code was typed, as long as it opens."""
    if not is_opened(request, envelope_id):
        return redirect("news:by_code")
    note_read(request, envelope_id)
    rows = Envelope.objects.opening().select_related("news__user")
    news = get_object_or_404(rows, pk=envelope_id).news
    return wording.PAGES[news.thing](
        request, news, reverse("news:by_code_read", kwargs={"envelope_id": envelope_id})
    )


def is_opened(request: HttpRequest, envelope_id: int) -> bool:
    """Say whether this browser typed the code of a letter, and read it in the last half hour."""
    at = request.session.get(OPENED, {}).get(str(envelope_id), 0.0)
    return bool(clock.now().timestamp() - at < LIFE_S)


def note_read(request: HttpRequest, envelope_id: int) -> None:
    request.session[OPENED] = request.session.get(OPENED, {}) | {str(envelope_id): clock.now().timestamp()}


@login_not_required
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """Forget what was opened by letters: nobody else reads it on this device."""
    request.session.pop(OPENED, None)
    return redirect("portal:home")
