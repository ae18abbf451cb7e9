"""Addresses of an answer to an opening. The opening stands in each of them, so that no session can forget it."""

from django.urls import URLPattern, path

from visavis.applying.views import answer, coming_in, counter

app_name = "applying"
urlpatterns: list[URLPattern] = [
    path("jobs/<int:vacancy_id>/apply/", answer.answer, name="answer"),
    path("jobs/<int:vacancy_id>/apply/code/", coming_in.code, name="code"),
    path("jobs/<int:vacancy_id>/apply/needed/", answer.needed, name="needed"),
    path("jobs/<int:vacancy_id>/apply/paper/", counter.paper, name="paper"),
    path("jobs/<int:vacancy_id>/apply/for/", counter.people, name="people"),
    path("jobs/<int:vacancy_id>/apply/for/<int:jobseeker_id>/", counter.person, name="person"),
    path("jobs/number/", counter.number, name="number"),
]
