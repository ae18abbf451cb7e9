"""Addresses of documents: hers, a person's at the desk, one document and its pages."""

from django.urls import URLPattern, path

from visavis.documents.views import asking, box, one

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("documents/", box.mine, name="mine"),
    path("people/user/<int:user_id>/documents/", box.of_person, name="of"),
    path("people/user/<int:user_id>/documents/ask/", asking.ask, name="ask"),
    path("documents/expected/<int:expected_id>/end/", asking.end, name="end"),
    path("documents/<int:document_id>/", one.page, name="page"),
    path("documents/<int:document_id>/page-<int:number>.jpg", one.picture, name="picture"),
    path("documents/<int:document_id>/document.pdf", one.pdf, name="pdf"),
    path("documents/<int:document_id>/decide/", one.decide, name="decide"),
    path("documents/<int:document_id>/undo/", one.undo, name="undo"),
    path("documents/<int:document_id>/take-back/", one.withdraw, name="withdraw"),
]
