"""Addresses: what people are told by hand, the post room, and what the code of a letter opens."""

from django.urls import URLPattern, path

from visavis.news import views
from visavis.news.post.views import by_code, room

app_name = "news"
urlpatterns: list[URLPattern] = [
    path("to-tell/", views.to_tell, name="to_tell"),
    path("to-tell/<int:news_id>/", views.told, name="told"),
    path("post/", room.page, name="post"),
    path("post/<int:batch_id>/letters.pdf", room.pdf, name="post_pdf"),
    path("post/<int:batch_id>/posted/", room.posted, name="post_posted"),
    path("post/returned/", room.returned, name="post_returned"),
    path("letter/", by_code.ask, name="by_code"),
    path("letter/read/<int:envelope_id>/", by_code.read, name="by_code_read"),
    path("letter/done/", by_code.done, name="by_code_done"),
    path("letter/<slug:code>/", by_code.ask, name="by_code_of"),
]
