"""A file sent in parts, by tus 1.0: its addresses under each entrance, asked by the page's script."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.documents.arriving import entrances, partials, protocol
from visavis.documents.arriving.entrances import Entrance
from visavis.documents.arriving.protocol import BODY, VERSION, Wrong
from visavis.documents.drawing.kinds import MOST_BYTES
from visavis.documents.models import Partial

log = logging.getLogger(__name__)

type Way = Callable[..., Entrance]
"""Lets a request in by a entrance, or raises Http404."""

PIECE = 1 << 16
TOO_MANY, NO_ROOM, CONFLICT, GONE = 429, 507, 409, 410


def collection(let_in: Way, name: str) -> Callable[..., HttpResponse]:
    """Return the view at which files begin to come by an entrance; `name` is the address of one of them."""

    @require_http_methods(["OPTIONS", "POST"])
    def view(request: HttpRequest, **where: int) -> HttpResponse:
        entrance = let_in(request, **where)
        if request.method == "OPTIONS":
            return _can()
        return _answered(request, lambda: _begin(request, entrance, name, where))

    return _sized(view)


def item(let_in: Way) -> Callable[..., HttpResponse]:
    """Return the view of one file on its way by an entrance."""

    @require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
    def view(request: HttpRequest, key: str, **where: int) -> HttpResponse:
        entrance = let_in(request, **where)
        partial = partials.at(entrance, key)
        if partial is None:
            raise Http404
        if request.method == "OPTIONS":
            return _can()
        return _answered(request, lambda: _one(request, partial))

    return _sized(view)


def _sized(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse by its head what is too large or does not say its length: nothing of its body is read."""

    @csrf_exempt
    def before(request: HttpRequest, **where: Any) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if request.headers.get("Transfer-Encoding"):
            return _said(411, "Content-Length must be given.")
        if not size.isdecimal() or int(size) > MOST_BYTES:
            return _said(413, f"At most {MOST_BYTES} bytes.")
        # The token comes in a header: whoever looks for it in a form reads nothing of this kind of body.
        return csrf_protect(view)(request, **where)

    return before


def _answered(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer what follows the protocol; whatever else gets its status and a sentence."""
    try:
        if request.headers.get("Tus-Resumable") != VERSION:
            raise Wrong(412, f"Tus-Resumable must be {VERSION}.")
        has_bytes = request.method == "PATCH" or (request.method == "POST" and _size(request))
        if has_bytes and request.headers.get("Content-Type", "") != BODY:
            raise Wrong(415, f"Content-Type must be {BODY}.")
        response = answer()
    except Wrong as wrong:
        response = _said(wrong.status, wrong.words)
    except Refused as refusal:
        response = _said(TOO_MANY, str(refusal))
    except partials.Elsewhere as elsewhere:
        response = _said(CONFLICT, "The file stands at another byte.")
        response["Upload-Offset"] = str(elsewhere.offset)
    except partials.Gone:
        response = _said(GONE, "It waited for a day.")
    except OSError:
        log.exception("a part of a file could not be kept")
        response = _said(NO_ROOM, "It could not be kept. Nothing of this part was acknowledged.")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    if response.status_code == 412:
        response["Tus-Version"] = VERSION
    return response


def _size(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _can() -> HttpResponse:
    """Say what this server can."""
    response = HttpResponse()
    response["Tus-Resumable"] = response["Tus-Version"] = VERSION
    response["Tus-Extension"] = protocol.EXTENSIONS
    response["Tus-Max-Size"] = str(MOST_BYTES)
    response["Tus-Checksum-Algorithm"] = ",".join(protocol.ALGORITHMS)
    return response


def _begin(request: HttpRequest, entrance: Entrance, name: str, where: dict[str, int]) -> HttpResponse:
    """Creation, with the first bytes or without."""
    if "Upload-Concat" in request.headers or "Upload-Defer-Length" in request.headers:
        raise Wrong(400, f"This server knows {protocol.EXTENSIONS}.")
    length = protocol.number("Upload-Length", request.headers.get("Upload-Length"))
    if length > MOST_BYTES:
        raise Wrong(413, f"At most {MOST_BYTES} bytes.")
    said = request.headers.get("Upload-Metadata", "")
    digest = protocol.metadata(said).get("sha256", b"")
    data = _read(request, length)
    partial = partials.begin(entrance, length=length, said=said, digest=digest)
    if data:
        partial.offset = partials.add(partial, 0, data)
    response = _stands(partial, HttpResponse(status=201))
    path = reverse(f"documents:{name}", kwargs={**where, "key": partial.key})
    response["Location"] = f"{settings.SITE_URL}{path}"
    return response


def _one(request: HttpRequest, partial: Partial) -> HttpResponse:
    if partial.is_over:
        raise partials.Gone
    if request.method == "HEAD":
        response = _stands(partial, HttpResponse())
        response["Upload-Length"] = str(partial.length)
        if partial.said:
            response["Upload-Metadata"] = partial.said
        return response
    if request.method == "PATCH":
        offset = protocol.number("Upload-Offset", request.headers.get("Upload-Offset"))
        if offset != partial.offset:
            raise partials.Elsewhere(partial.offset)
        partial.offset = partials.add(partial, offset, _read(request, partial.length - offset))
        return _stands(partial, HttpResponse(status=204))
    partials.drop([partial])
    return HttpResponse(status=204)


def _read(request: HttpRequest, most: int) -> bytes:
    """Read the bytes of a request: what came before a cut is kept, unless a checksum goes with it. Raises Wrong."""
    size = _size(request)
    wanted = protocol.checksum(request.headers.get("Upload-Checksum"))
    if size > most:
        raise Wrong(413, "More bytes than Upload-Length said.")
    data = bytearray()
    try:
        while len(data) < size and (piece := request.read(min(PIECE, size - len(data)))):
            data += piece
    except UnreadablePostError:
        log.info("a sender went away in the middle of a part")
    if wanted is not None and not wanted.is_of(bytes(data)):
        raise Wrong(protocol.MISMATCH, "The bytes are not those of Upload-Checksum.")
    return bytes(data)


def _stands(partial: Partial, response: HttpResponse) -> HttpResponse:
    response["Upload-Offset"] = str(partial.offset)
    response["Upload-Expires"] = http_date(partial.until.timestamp())
    return response


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


uploads_mine, upload_mine = collection(entrances.hers, "upload_mine"), item(entrances.hers)
uploads_of, upload_of = collection(entrances.for_person, "upload_of"), item(entrances.for_person)
uploads_by_letter = login_not_required(collection(entrances.by_letter, "upload_by_letter"))
upload_by_letter = login_not_required(item(entrances.by_letter))
uploads_by_phone = login_not_required(collection(entrances.by_phone, "upload_by_phone"))
upload_by_phone = login_not_required(item(entrances.by_phone))
