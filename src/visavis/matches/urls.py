"""Addresses of the lists."""

from django.urls import path

from visavis.matches.views import candidates, opening, openings, runs

app_name = "matches"
urlpatterns = [
    path("openings/", openings.openings, name="openings"),
    path("openings/more/", openings.more, name="more"),
    path("openings/<int:vacancy_id>/", opening.opening, name="opening"),
    path("openings/<int:vacancy_id>/opinion/", opening.opinion, name="opinion"),
    path("people/<int:jobseeker_id>/openings/", openings.openings, name="openings_of"),
    path("people/<int:jobseeker_id>/openings/more/", openings.more, name="more_of"),
    path("people/<int:jobseeker_id>/openings/<int:vacancy_id>/", opening.opening, name="opening_of"),
    path("people/<int:jobseeker_id>/openings/<int:vacancy_id>/opinion/", opening.opinion, name="opinion_of"),
    path("vacancies/<int:vacancy_id>/candidates/", candidates.candidates, name="candidates"),
    path("lists/", runs.runs, name="runs"),
    path("lists/progress/", runs.progress, name="progress"),
]
