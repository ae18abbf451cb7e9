"""Every address of the site. tests/test_access.py lists who may open each."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from visavis.common.parts import part

urlpatterns: list[URLPattern | URLResolver] = [
    part("visavis.operations.urls"),
    part("visavis.portal.urls"),
    part("visavis.proposing.urls"),
    part("visavis.api.urls"),
    part("visavis.webhooks.urls"),
    part("visavis.applying.urls"),
    part("visavis.searches.urls"),
    part("visavis.counter.urls"),
    part("visavis.stations.urls"),
    part("visavis.matches.urls"),
    part("visavis.cvs.urls"),
    part("visavis.employers.urls"),
    part("visavis.introductions.urls"),
    part("visavis.traces.urls"),
    part("visavis.mandates.urls"),
    part("visavis.mailboxes.urls"),
    part("visavis.appointments.urls"),
    part("visavis.scans.urls"),
    part("visavis.casefiles.urls"),
    part("visavis.unreached.urls"),
    part("visavis.merging.urls"),
    part("visavis.vacancies.urls"),
    part("visavis.jobseekers.urls"),
    part("visavis.documents.urls"),
    part("visavis.queues.urls"),
    part("visavis.interviews.urls"),
    part("visavis.agencies.urls"),
    part("visavis.noticing.urls"),
    part("visavis.leaving.urls"),
    part("visavis.consents.urls"),
    part("visavis.news.urls"),
    part("visavis.people.urls"),
    part("visavis.people.account_urls"),
    part("visavis.catalog.urls"),
    path("ui/", include("visavis.ui.urls")),
]
handler500 = "visavis.operations.away.failed"
handler403 = "visavis.noticing.refusals.forbidden"
if settings.DEMO:
    urlpatterns.append(path("demo/", include("visavis.demo.urls")))
