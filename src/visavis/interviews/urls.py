"""Addresses of interviews: the way in, and what stands under the link of a seat."""

from django.urls import URLPattern, path

from visavis.interviews.views import before, calls, entering, figures, seat, waiting, wire

app_name = "interviews"
urlpatterns: list[URLPattern] = [
    path("v/<slug:code>/", before.link, name="link"),
    path("interviews/", waiting.waiting, name="waiting"),
    path("interviews/try/", before.trying, name="try"),
    path("interviews/figures/<int:agency_id>/", figures.figures, name="figures"),
    path("interviews/calls/", calls.to_make, name="calls"),
    path("interviews/calls/<int:call_id>/", calls.one, name="call"),
    path("interviews/appointment/<int:appointment_id>/do/<slug:act>/", waiting.move, name="move"),
    path("interviews/appointment/<int:appointment_id>/", entering.enter, name="enter"),
    path("interviews/seat/<slug:code>/", seat.page, name="seat"),
    path("interviews/seat/<slug:code>/try/", before.trying, name="trying"),
    path("interviews/seat/<slug:code>/call-me/", before.call_me, name="call_me"),
    path("interviews/seat/<slug:code>/instead/<slug:why>/", before.instead, name="instead"),
    path("interviews/seat/<slug:code>/do/<slug:what>/", seat.act, name="act"),
    path("interviews/seat/<slug:code>/state/", wire.state, name="state"),
    path("interviews/seat/<slug:code>/connect/", wire.connect, name="connect"),
    path("interviews/seat/<slug:code>/relay/", wire.relay, name="relay"),
    path("interviews/seat/<slug:code>/page-<int:number>.jpg", seat.picture, name="picture"),
    path("interviews/seat/<slug:code>/sign/", wire.sign, name="sign"),
    path("interviews/seat/<slug:code>/post/", wire.post, name="post"),
]
