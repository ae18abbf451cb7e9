"""An appointment read and cancelled by who holds the letter that told of it, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from visavis.appointments.models import Appointment
from visavis.appointments.views.one import answer
from visavis.news.models import News


def page(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Show the appointment of a letter to the person it was written to."""
    rows = Appointment.objects.visible_to(news.user).with_words()
    row = get_object_or_404(rows, pk=news.thing_id, person=news.user_id)
    return answer(request, row, news.user, url, is_by_letter=True)
