"""Addresses of programs that are told what happens."""

from django.urls import URLPattern, path

from visavis.webhooks import views

app_name = "webhooks"
ONE = "webhooks/<int:endpoint_id>/"
urlpatterns: list[URLPattern] = [
    path("agencies/<int:agency_id>/webhooks/", views.index, name="index"),
    path("agencies/<int:agency_id>/webhooks/new/", views.new, name="new"),
    path(ONE, views.page, name="page"),
    path(f"{ONE}secret/", views.rotate, name="rotate"),
    path(f"{ONE}on/", views.turn_on, name="turn_on"),
    path(f"{ONE}off/", views.turn_off, name="turn_off"),
    path(f"{ONE}try/", views.try_out, name="try"),
    path(f"{ONE}remove/", views.remove, name="remove"),
    path("webhooks/messages/<int:delivery_id>/again/", views.send_again, name="send_again"),
]
