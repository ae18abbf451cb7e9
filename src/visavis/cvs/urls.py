"""Addresses: CVs in and out."""

from django.urls import URLPattern, path

from visavis.cvs.views import introduced, reading, writing

app_name = "cvs"
urlpatterns: list[URLPattern] = [
    # CV in.
    path("profile/cv/", reading.read, name="read"),
    path("profile/cv/<int:reading_id>/", reading.check, name="check"),
    path("profile/cv/<int:reading_id>/undo/", reading.undo, name="undo"),
    path("profile/cv/<int:reading_id>/discard/", reading.discard, name="discard"),
    path("people/<int:jobseeker_id>/cv/", reading.read, name="read_of"),
    path("people/<int:jobseeker_id>/cv/<int:reading_id>/", reading.check, name="check_of"),
    path("people/<int:jobseeker_id>/cv/<int:reading_id>/undo/", reading.undo, name="undo_of"),
    path("people/<int:jobseeker_id>/cv/<int:reading_id>/discard/", reading.discard, name="discard_of"),
    # CV out.
    path("profile/cv/out/", writing.choose, name="out"),
    path("profile/cv/out/download/", writing.download, name="download"),
    path("people/<int:jobseeker_id>/cv/out/", writing.choose, name="out_of"),
    path("people/<int:jobseeker_id>/cv/out/download/", writing.download, name="download_of"),
    # The CV of the person of an introduction, without a name until both said yes.
    path("introductions/<int:introduction_id>/cv.pdf", introduced.introduction, name="introduction"),
]
