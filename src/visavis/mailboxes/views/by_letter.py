"""A thread read and answered by who holds the letter that told of it, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from visavis.mailboxes.models import Thread
from visavis.mailboxes.views.thread import Reading, answer
from visavis.news.models import News


def page(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Show the thread of a letter to the person it was written to, and take what is answered."""
    threads = Thread.objects.visible_to(news.user).select_related("person__jobseeker", "agency", "holder")
    thread = get_object_or_404(threads, pk=news.thing_id, person=news.user_id)
    return answer(request, thread, Reading(news.user, url, is_by_letter=True))
