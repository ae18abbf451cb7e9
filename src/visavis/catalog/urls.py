"""Addresses of catalog."""

from django.urls import URLPattern, URLResolver, path

from visavis.catalog import views

app_name = "catalog"
urlpatterns: list[URLPattern | URLResolver] = [
    path("occupations/", views.occupations, name="occupations"),
    path("occupations/<slug:code>/", views.occupation, name="occupation"),
    path("catalog/suggest/occupations", views.suggest_occupations, name="suggest_occupations"),
    path("catalog/suggest/skills", views.suggest_skills, name="suggest_skills"),
    path("catalog/suggest/communes", views.suggest_communes, name="suggest_communes"),
]
