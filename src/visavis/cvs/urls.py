"""Addresses: CVs in and out."""

from django.urls import URLPattern, path

from visavis.cvs.views import writing

app_name = "cvs"
urlpatterns: list[URLPattern] = [
    # CV out.
    path("profile/cv/out/", writing.choose, name="out"),
    path("profile/cv/out/download/", writing.download, name="download"),
    path("people/<int:jobseeker_id>/cv/out/", writing.choose, name="out_of"),
    path("people/<int:jobseeker_id>/cv/out/download/", writing.download, name="download_of"),
]
