"""Addresses of whom nothing has reached."""

from django.urls import URLPattern, path

from visavis.unreached import counter, views

app_name = "unreached"
urlpatterns: list[URLPattern] = [
    path("unreached/", views.unreached, name="list"),
    path("people/<int:jobseeker_id>/unreached/", views.one, name="one"),
    path("people/<int:jobseeker_id>/unreached/here/", counter.here, name="here"),
]
