"""An address of the service that does not exist answers as everything else there does."""

from django.http import Http404, HttpRequest, HttpResponse

from visavis.api.gate import gate


@gate
def unknown(request: HttpRequest) -> HttpResponse:
    raise Http404
