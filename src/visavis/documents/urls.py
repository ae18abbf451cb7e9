"""Addresses of documents: hers, a person's at the desk, one document and its pages."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from visavis.documents.views import asking, box, by_phone, one, search, tus


class KeyConverter(StringConverter):
    """What the address of a file on its way is made of."""

    regex = "[0-9a-f-]{8,36}"


register_converter(KeyConverter, "partial")
app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("documents/", box.mine, name="mine"),
    path("documents/search/", search.search, name="search"),
    path("documents/uploads/", tus.uploads_mine, name="uploads_mine"),
    path("documents/uploads/<partial:key>/", tus.upload_mine, name="upload_mine"),
    path("people/user/<int:user_id>/documents/uploads/", tus.uploads_of, name="uploads_of"),
    path("people/user/<int:user_id>/documents/uploads/<partial:key>/", tus.upload_of, name="upload_of"),
    path("letter/read/<int:envelope_id>/uploads/", tus.uploads_by_letter, name="uploads_by_letter"),
    path(
        "letter/read/<int:envelope_id>/uploads/<partial:key>/", tus.upload_by_letter, name="upload_by_letter"
    ),
    path("people/user/<int:user_id>/documents/", box.of_person, name="of"),
    path("people/user/<int:user_id>/documents/ask/", asking.ask, name="ask"),
    path("documents/expected/<int:expected_id>/phone/", by_phone.show, name="phone"),
    path("documents/phone/given/<int:expected_id>/", by_phone.give, name="given_by_phone"),
    path("documents/phone/given/<int:expected_id>/uploads/", tus.uploads_by_phone, name="uploads_by_phone"),
    path(
        "documents/phone/given/<int:expected_id>/uploads/<partial:key>/",
        tus.upload_by_phone,
        name="upload_by_phone",
    ),
    path("documents/phone/done/", by_phone.done, name="phone_done"),
    path("documents/phone/<str:token>/", by_phone.begin, name="by_phone"),
    path("documents/expected/<int:expected_id>/end/", asking.end, name="end"),
    path("documents/<int:document_id>/", one.page, name="page"),
    path("documents/<int:document_id>/page-<int:number>.jpg", one.picture, name="picture"),
    path("documents/<int:document_id>/page-<int:number>/as-taken/", one.as_taken, name="as_taken"),
    path("documents/<int:document_id>/document.pdf", one.pdf, name="pdf"),
    path("documents/<int:document_id>/decide/", one.decide, name="decide"),
    path("documents/<int:document_id>/kind/", one.correct, name="correct"),
    path("documents/<int:document_id>/undo/", one.undo, name="undo"),
    path("documents/<int:document_id>/take-back/", one.withdraw, name="withdraw"),
]
