"""Every address of the site. tests/test_access.py lists who may open each."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("visavis.operations.urls")),
    path("", include("visavis.portal.urls")),
    path("", include("visavis.proposing.urls")),
    path("", include("visavis.api.urls")),
    path("", include("visavis.webhooks.urls")),
    path("", include("visavis.applying.urls")),
    path("", include("visavis.searches.urls")),
    path("", include("visavis.counter.urls")),
    path("", include("visavis.stations.urls")),
    path("", include("visavis.matches.urls")),
    path("", include("visavis.cvs.urls")),
    path("", include("visavis.employers.urls")),
    path("", include("visavis.introductions.urls")),
    path("", include("visavis.traces.urls")),
    path("", include("visavis.mandates.urls")),
    path("", include("visavis.mailboxes.urls")),
    path("", include("visavis.appointments.urls")),
    path("", include("visavis.scans.urls")),
    path("", include("visavis.casefiles.urls")),
    path("", include("visavis.unreached.urls")),
    path("", include("visavis.merging.urls")),
    path("", include("visavis.vacancies.urls")),
    path("", include("visavis.jobseekers.urls")),
    path("", include("visavis.documents.urls")),
    path("", include("visavis.queues.urls")),
    path("", include("visavis.interviews.urls")),
    path("", include("visavis.agencies.urls")),
    path("", include("visavis.noticing.urls")),
    path("", include("visavis.leaving.urls")),
    path("", include("visavis.consents.urls")),
    path("", include("visavis.news.urls")),
    path("", include("visavis.people.urls")),
    path("", include("visavis.people.account_urls")),
    path("", include("visavis.catalog.urls")),
    path("ui/", include("visavis.ui.urls")),
]
handler500 = "visavis.operations.away.failed"
handler403 = "visavis.noticing.refusals.forbidden"
if settings.DEMO:
    urlpatterns.append(path("demo/", include("visavis.demo.urls")))
