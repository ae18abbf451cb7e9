"""Addresses: from interest to hire."""

from django.urls import URLPattern

app_name = "introductions"
urlpatterns: list[URLPattern] = []
