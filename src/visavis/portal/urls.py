"""Addresses of the home pages."""

from django.urls import path

from visavis.portal import views
from visavis.portal.desk.views import caseload, comparing, missing, person, proposing

app_name = "portal"
urlpatterns = [
    path("", views.door, name="door"),
    path("home/", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("desk/", caseload.listed, name="desk"),
    path("desk/propose/", proposing.to_many, name="desk_propose_many"),
    path("desk/proposed/", proposing.proposed, name="desk_proposed"),
    path("desk/people/<int:jobseeker_id>/", person.glance, name="desk_person"),
    path("desk/people/<int:jobseeker_id>/beside/", caseload.beside, name="desk_beside"),
    path("desk/people/<int:jobseeker_id>/propose/", proposing.to_person, name="desk_propose_to"),
    path("desk/people/<int:jobseeker_id>/compare/", comparing.vacancies, name="desk_compare_vacancies"),
    path("desk/people/<int:jobseeker_id>/vacancies/", missing.find_vacancy, name="desk_find_vacancy"),
    path("desk/people/<int:jobseeker_id>/vacancies/<int:vacancy_id>/", missing.why, name="desk_missing"),
    path("desk/vacancies/<int:vacancy_id>/propose/", proposing.to_people, name="desk_propose"),
    path("desk/vacancies/<int:vacancy_id>/compare/", comparing.people, name="desk_compare_people"),
    path("desk/vacancies/<int:vacancy_id>/person/", missing.find_person, name="desk_find_person"),
]
