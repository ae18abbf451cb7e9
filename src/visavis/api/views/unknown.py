"""An address of the service that does not exist answers as everything else there does."""

from django.http import Http404, HttpRequest, HttpResponse

from visavis.api.door import door


@door
def unknown(request: HttpRequest) -> HttpResponse:
    raise Http404
