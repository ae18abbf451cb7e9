"""The door at which the SMS provider hands in what people answer: kept first, understood by the worker afterwards."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from visavis.mailboxes.mail.fetching import store
from visavis.mailboxes.texts.filing import BOX
from visavis.people.addresses import read_phone

# A long message of ten parts; what is longer is no text message.
LONGEST = 1_600


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Keep one message, `{"id", "from", "text"}` with SMS_IN_TOKEN as bearer; the same `id` again changes nothing."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.SMS_IN_TOKEN or not constant_time_compare(given, settings.SMS_IN_TOKEN):
        raise Http404
    try:
        kept = message_of(json.loads(request.body))
    except (ValueError, KeyError, TypeError, ValidationError):
        return JsonResponse({"error": "An object with id, from and text is expected."}, status=400)
    raw = json.dumps({"from": kept["from"], "text": kept["text"]}).encode()
    digest = hashlib.sha256(kept["id"].encode()).hexdigest()
    store(raw, box=BOX, numbering=0, number=0, digest=digest, size=len(raw))
    return JsonResponse({"kept": True}, status=202)


def message_of(given: Any) -> dict[str, str]:
    """Return what was sent, checked. Raises ValueError, KeyError, TypeError, ValidationError."""
    number, sender, text = str(given["id"]), str(given["from"]), str(given["text"])
    if not number or len(number) > 200 or len(text) > LONGEST:
        raise ValueError
    return {"id": number, "from": read_phone(sender), "text": text.replace("\0", "")}
