"""Addresses of what ends."""

from django.urls import URLPattern, path

from visavis.leaving import views

app_name = "leaving"
urlpatterns: list[URLPattern] = [
    path("privacy/kept/", views.kept_of_people, name="kept"),
    path("account/data/", views.data, name="data"),
    path("account/close/", views.close, name="close"),
    path("account/reopen/<str:token>/", views.reopen, name="reopen"),
]
