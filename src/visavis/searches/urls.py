"""Addresses of the search of openings."""

from django.urls import URLPattern, path

from visavis.searches.views import feed, jobs

app_name = "searches"
urlpatterns: list[URLPattern] = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/feed", feed.feed, name="feed"),
    path("people/<int:jobseeker_id>/jobs/", jobs.jobs_of, name="jobs_of"),
]
