"""Addresses of the home pages."""

from django.urls import path

from visavis.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.door, name="door"),
    path("home/", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
