"""Addresses of the search of openings, and of the searches that are kept."""

from django.urls import URLPattern, path

from visavis.searches.views import alerts, counter, feed, jobs, stopping

app_name = "searches"
urlpatterns: list[URLPattern] = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/feed", feed.feed, name="feed"),
    path("alerts/", alerts.listed, name="alerts"),
    path("alerts/new/", alerts.new, name="alert_new"),
    path("alerts/<int:alert_id>/", alerts.alert, name="alert"),
    path("alerts/stop/<str:token>/", stopping.stop, name="stop"),
    path("people/<int:jobseeker_id>/jobs/", jobs.jobs_of, name="jobs_of"),
    path("people/<int:jobseeker_id>/alerts/", alerts.listed, name="alerts_of"),
    path("people/<int:jobseeker_id>/alerts/new/", alerts.new, name="alert_new_of"),
    path("people/<int:jobseeker_id>/counter/alert/", counter.alert, name="alert_counter"),
    path("people/<int:jobseeker_id>/alerts/<int:alert_id>/", alerts.alert, name="alert_of"),
]
