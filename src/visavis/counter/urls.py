"""Addresses of visits at the counter: opened by reception, her own pages within, and what she reads of them."""

from django.urls import URLPattern, path

from visavis.counter.views import hers, opening, within

app_name = "counter"
urlpatterns: list[URLPattern] = [
    path("counter/people/<int:jobseeker_id>/", opening.open_pages, name="open"),
    path("counter/visits/<int:visit_id>/<slug:act>/", opening.act, name="act"),
    path("at-the-counter/<int:visit_id>/", within.person, name="person"),
    path("at-the-counter/<int:visit_id>/<path:page>", within.page, name="page"),
    path("account/counter/<int:visit_id>/", hers.mine, name="mine"),
]
