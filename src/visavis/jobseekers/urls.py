"""Addresses of jobseekers."""

from django.urls import URLPattern, URLResolver

app_name = "jobseekers"
urlpatterns: list[URLPattern | URLResolver] = []
