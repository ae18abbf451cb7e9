"""Addresses of agencies."""

from django.urls import URLPattern, path

from visavis.agencies import views

app_name = "agencies"
urlpatterns: list[URLPattern] = [
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<int:agency_id>/", views.page, name="page"),
    path("agencies/<int:agency_id>/hours/", views.change_hours, name="hours"),
]
