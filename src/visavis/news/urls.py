"""Addresses: what people are told by hand."""

from django.urls import URLPattern, path

from visavis.news import views

app_name = "news"
urlpatterns: list[URLPattern] = [
    path("to-tell/", views.to_tell, name="to_tell"),
    path("to-tell/<int:news_id>/", views.told, name="told"),
]
