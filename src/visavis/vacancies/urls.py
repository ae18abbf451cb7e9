"""Addresses of vacancies, employers' desks and feeds."""

from django.urls import URLPattern, URLResolver, path

from visavis.vacancies.views import (
    addresses,
    answers,
    confirming,
    desk,
    feeds,
    public,
    reading,
    reports,
    state,
    uploads,
)

app_name = "vacancies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("vacancies/", desk.mine, name="mine"),
    path("vacancies/new/", desk.new, name="new"),
    path("vacancies/new/paste/", desk.paste, name="paste"),
    path("vacancies/<int:vacancy_id>/", reading.page, name="page"),
    path("vacancies/<int:vacancy_id>/understood/", answers.understood, name="understood"),
    path("vacancies/<int:vacancy_id>/questions/<slug:question>/", answers.question, name="question"),
    path("vacancies/<int:vacancy_id>/check/", answers.check, name="check"),
    path("vacancies/<int:vacancy_id>/confirm/", confirming.confirm, name="confirm"),
    path("vacancies/<int:vacancy_id>/letter/", confirming.letter, name="letter"),
    path("vacancies/<int:vacancy_id>/close/", state.close, name="close"),
    path("vacancies/<int:vacancy_id>/copy/", state.copy, name="copy"),
    path("vacancies/reports/", reports.reports, name="reports"),
    path("vacancies/<int:vacancy_id>/hide/", reports.hide, name="hide"),
    path("vacancies/<int:vacancy_id>/show-again/", reports.show_again, name="show_again"),
    path("vacancies/<int:vacancy_id>/leave/", reports.leave, name="leave"),
    path("vacancies/<int:vacancy_id>/ask-agency/", reports.ask_agency, name="ask_agency"),
    # Read without signing in.
    path("jobs/<int:vacancy_id>/report/", reports.report, name="report"),
    path("jobs/<int:vacancy_id>/", public.page, name="public"),
    path("vacancies/feed.json", public.feed, name="public_feed"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/new/", uploads.new, name="feed_new"),
    path("feeds/addresses/new/", addresses.new, name="feed_address_new"),
    path("feeds/addresses/<int:address_id>/", addresses.page, name="feed_address"),
    path("feeds/addresses/<int:address_id>/now/", addresses.now, name="feed_address_now"),
    path("feeds/addresses/<int:address_id>/stop/", addresses.stop, name="feed_address_stop"),
    path("feeds/uploads/<int:upload_id>/", uploads.upload, name="feed_upload"),
    path("feeds/uploads/<int:upload_id>/progress/", uploads.progress, name="feed_upload_progress"),
    path("feeds/<int:run_id>/", feeds.run, name="feed_run"),
    path("feeds/<int:run_id>/fall/", feeds.fall, name="feed_fall"),
]
