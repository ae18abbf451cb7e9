"""Where the SMS provider hands in what people answer (kept first, understood by the worker afterwards), and tells what
became of ours."""

import base64
import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.readonly import writes_on_get
from visavis.mailboxes.mail.charsets import decoded
from visavis.mailboxes.mail.fetching import store
from visavis.mailboxes.texts.filing import BOX
from visavis.news import services as news
from visavis.people.addresses import read_phone

# A long message of ten parts; what is longer is no text message.
LONGEST = 1_600
# As providers say it; Kannel by a number: not delivered, refused by the network.
FAILED = frozenset({"failed", "undelivered", "expired", "rejected", "2", "16"})


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Keep one message, `{"id", "from", "text"}` with SMS_IN_TOKEN as bearer; the same `id` again changes nothing.

    From Kannel (`post-url`) the text is the whole body, and the sender stands in a header.
    """
    if not is_let_in(request):
        raise Http404
    try:
        kept = message_of(given_by(request))
    except (ValueError, KeyError, TypeError, ValidationError):
        return JsonResponse({"error": "An object with id, from and text is expected."}, status=400)
    raw = json.dumps({"from": kept["from"], "text": kept["text"]}).encode()
    digest = hashlib.sha256(kept["id"].encode()).hexdigest()
    store(raw, box=BOX, numbering=0, number=0, digest=digest, size=len(raw))
    return JsonResponse({"kept": True}, status=202)


@csrf_exempt
@login_not_required
@writes_on_get  # Kannel tells what became of a message by fetching an address.
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """Note what became of a message of ours: `{"id", "state"}`; `failed` is told by somebody."""
    if not is_let_in(request):
        raise Http404
    try:
        given = json.loads(request.body) if request.method == "POST" else request.GET
        number, said = str(given["id"]), str(given["state"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "An object with id and state is expected."}, status=400)
    row = news.numbered(number)
    if row is not None and said.lower() in FAILED:
        news.came_back(row)
    return JsonResponse({"known": row is not None}, status=202)


def is_let_in(request: HttpRequest) -> bool:
    """Say whether the provider asks: with SMS_IN_TOKEN as bearer, or as the password of an address."""
    way, _, given = request.headers.get("Authorization", "").partition(" ")
    if way == "Basic":
        try:
            given = base64.b64decode(given).decode().partition(":")[2]
        except ValueError:
            return False
    is_token = constant_time_compare(given, settings.SMS_IN_TOKEN)
    return bool(settings.SMS_IN_TOKEN) and way in ("Bearer", "Basic") and is_token


def given_by(request: HttpRequest) -> Any:
    """Return what was handed in. Raises ValueError."""
    if "X-Kannel-From" not in request.headers:
        return json.loads(request.body)
    named = request.headers.get("X-Kannel-Time", "")
    return {
        "id": request.GET.get("id", named),
        "from": request.headers["X-Kannel-From"],
        "text": decoded(
            request.body, request.content_params.get("charset") if request.content_params else None
        ),
    }


def message_of(given: Any) -> dict[str, str]:
    """Return what was sent, checked. Raises ValueError, KeyError, TypeError, ValidationError."""
    number, sender, text = str(given["id"]), str(given["from"]), str(given["text"])
    if not number or len(number) > 200 or len(text) > LONGEST:
        raise ValueError
    return {"id": number, "from": read_phone(sender), "text": text.replace("\0", "")}
