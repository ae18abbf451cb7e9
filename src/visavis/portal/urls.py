"""Addresses of the home pages."""

from django.urls import path

from visavis.portal import views
from visavis.portal.desk.views import caseload, day, everything, person
from visavis.portal.ways.views import all_acts, one_act

app_name = "portal"
urlpatterns = [
    path("", views.door, name="door"),
    path("home/", views.home, name="home"),
    path("home/everything/", everything.mine, name="everything"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("how/", all_acts, name="how"),
    path("how/<slug:slug>/", one_act, name="how_to"),
    path("desk/", caseload.listed, name="desk"),
    path("desk/day/", day.of_day, name="desk_day"),
    path("desk/people/<int:jobseeker_id>/", person.glance, name="desk_person"),
    path("desk/people/<int:jobseeker_id>/everything/", everything.of, name="desk_everything"),
    path("desk/people/<int:jobseeker_id>/beside/", caseload.beside, name="desk_beside"),
]
