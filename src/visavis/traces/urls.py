"""Addresses: what the companion asks, reports, figures, and what we know."""

from django.urls import path

from visavis.traces.views import companion, figures, knowing, reports, window

app_name = "traces"
urlpatterns = [
    path("traces/", figures.figures, name="figures"),
    path("traces/terms.json", reports.terms, name="terms"),
    path("traces/interests.json", reports.interests, name="interests"),
    path("traces/reports/", reports.reports, name="reports"),
    path("companion/", companion.page, name="companion"),
    path("companion/download/<slug:target>/", companion.download, name="download"),
    path("companion/signed/<str:name>", companion.signed, name="signed"),
    path("companion/window/", window.window, name="window"),
    path("companion/permit/", window.permit, name="permit"),
    path("companion/interests/", window.interests, name="add_interests"),
    path("what-we-know/", knowing.page, name="knowing"),
    path("what-we-know/mine/", knowing.mine, name="mine"),
]
