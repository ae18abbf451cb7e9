"""Addresses of health."""

from django.urls import URLPattern, path

from visavis.operations.health import views

app_name = "operations"
urlpatterns: list[URLPattern] = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("health/seen", views.seen, name="seen"),
    path("health/metrics", views.metrics, name="metrics"),
    path("service/", views.service, name="service"),
]
