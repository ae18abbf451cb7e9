"""Addresses of what a counsellor proposes, compares and finds missing."""

from django.urls import path

from visavis.proposing.views import comparing, missing, sending

app_name = "proposing"
urlpatterns = [
    path("desk/propose/", sending.to_many, name="to_many"),
    path("desk/proposed/", sending.proposed, name="proposed"),
    path("desk/people/<int:jobseeker_id>/propose/", sending.to_person, name="to_person"),
    path("desk/people/<int:jobseeker_id>/compare/", comparing.vacancies, name="compare_vacancies"),
    path("desk/people/<int:jobseeker_id>/vacancies/", missing.find_vacancy, name="find_vacancy"),
    path("desk/people/<int:jobseeker_id>/vacancies/<int:vacancy_id>/", missing.why, name="missing"),
    path("desk/vacancies/<int:vacancy_id>/propose/", sending.to_people, name="to_people"),
    path("desk/vacancies/<int:vacancy_id>/compare/", comparing.people, name="compare_people"),
    path("desk/vacancies/<int:vacancy_id>/person/", missing.find_person, name="find_person"),
]
