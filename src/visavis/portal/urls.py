"""Addresses of the home pages."""

from django.urls import path

from visavis.portal import views
from visavis.portal.desk.views import caseload, person

app_name = "portal"
urlpatterns = [
    path("", views.door, name="door"),
    path("home/", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("desk/", caseload.listed, name="desk"),
    path("desk/people/<int:jobseeker_id>/", person.glance, name="desk_person"),
    path("desk/people/<int:jobseeker_id>/beside/", caseload.beside, name="desk_beside"),
]
