"""Addresses of merging two files: at reception, and hers."""

from django.urls import URLPattern, path

from visavis.merging import views
from visavis.merging.hers import by_link, mine

app_name = "merging"
urlpatterns: list[URLPattern] = [
    path("merges/", views.merges, name="list"),
    path("merges/<int:merge_id>/", views.one, name="one"),
    path("people/<int:jobseeker_id>/same/", views.search, name="search"),
    path("people/<int:jobseeker_id>/same/<int:other_id>/", views.compare, name="compare"),
    path("one-file/", mine, name="mine"),
    path("one-file/<str:code>/", by_link, name="by_link"),
]
