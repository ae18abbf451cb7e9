"""Addresses of what is asked of who opens many files."""

from django.urls import URLPattern, path

from visavis.noticing import views

app_name = "noticing"
urlpatterns: list[URLPattern] = [
    path("readings/reason/", views.reason, name="reason"),
    path("readings/noticed/", views.noticed, name="noticed"),
    path("readings/outside/", views.outside, name="outside"),
]
