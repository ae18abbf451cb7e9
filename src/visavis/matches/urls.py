"""Addresses of the lists."""

from django.urls import path

from visavis.matches.views import candidates, ideal, introducing, learned, opening, openings, runs, shortlist

app_name = "matches"
urlpatterns = [
    path("openings/", openings.openings, name="openings"),
    path("openings/more/", openings.more, name="more"),
    path("openings/<int:vacancy_id>/", opening.opening, name="opening"),
    path("openings/<int:vacancy_id>/opinion/", opening.opinion, name="opinion"),
    path("openings/<int:vacancy_id>/introduction/", introducing.introduce, name="introduce"),
    path("people/<int:jobseeker_id>/openings/", openings.openings, name="openings_of"),
    path("people/<int:jobseeker_id>/openings/more/", openings.more, name="more_of"),
    path("people/<int:jobseeker_id>/openings/<int:vacancy_id>/", opening.opening, name="opening_of"),
    path("people/<int:jobseeker_id>/openings/<int:vacancy_id>/opinion/", opening.opinion, name="opinion_of"),
    path(
        "people/<int:jobseeker_id>/openings/<int:vacancy_id>/introduction/",
        introducing.introduce,
        name="introduce_of",
    ),
    path("vacancies/<int:vacancy_id>/candidates/", candidates.candidates, name="candidates"),
    path("vacancies/<int:vacancy_id>/candidates/<int:match_id>/ask/", introducing.ask, name="ask"),
    path("occupations/<slug:code>/ideal-profile/", ideal.ideal_profile, name="ideal_profile"),
    path("occupations/<slug:code>/ideal-profile/fairness/", ideal.fairness, name="ideal_fairness"),
    path("occupations/<slug:code>/ideal-profile/stages/", ideal.stages, name="ideal_stages"),
    path("occupations/<slug:code>/ideal-profile/versions/", ideal.versions, name="ideal_versions"),
    path("occupations/<slug:code>/ideal-profile/correct/", ideal.correct, name="ideal_correct"),
    path(
        "occupations/<slug:code>/ideal-profile/corrections/<int:correction_id>/take-back/",
        ideal.take_back,
        name="ideal_take_back",
    ),
    path(
        "people/<int:jobseeker_id>/occupations/<slug:code>/ideal-profile/",
        ideal.ideal_profile,
        name="ideal_profile_of",
    ),
    path("companion/shortlist.json", shortlist.shortlist, name="shortlist"),
    path("lists/", runs.runs, name="runs"),
    path("lists/score/", learned.learned, name="learned"),
    path("lists/progress/", runs.progress, name="progress"),
]
