"""Addresses: from interest to hire."""

from django.urls import URLPattern, path

from visavis.introductions.views import lists, meeting, page, seconding, still_there, tables

app_name = "introductions"
urlpatterns: list[URLPattern] = [
    path("introductions/", lists.mine, name="mine"),
    path("introductions/figures/", tables.figures, name="figures"),
    path("introductions/to-second/", seconding.to_second, name="to_second"),
    path("introductions/<int:introduction_id>/", page.page, name="page"),
    path("introductions/<int:introduction_id>/meeting.ics", meeting.calendar, name="calendar"),
    path(
        "introductions/<int:introduction_id>/still-there/<int:months>/",
        still_there.still_there,
        name="still_there",
    ),
    path("vacancies/<int:vacancy_id>/introductions/", lists.of_vacancy, name="of_vacancy"),
]
