"""Addresses: cVs in and out."""

from django.urls import URLPattern

app_name = "cvs"
urlpatterns: list[URLPattern] = []
