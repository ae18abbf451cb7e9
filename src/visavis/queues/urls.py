"""Addresses of the queue: the board for who works there, the door, the place in line and the hall for everybody."""

from django.urls import URLPattern, path

from visavis.queues.views import alarms, board, figures, public

app_name = "queues"
urlpatterns: list[URLPattern] = [
    path("queue/", board.index, name="index"),
    path("queue/alarms/", alarms.index, name="alarms"),
    path("queue/alarm/", alarms.press, name="alarm"),
    path("queue/alarm/<int:alarm_id>/", alarms.act, name="alarm_act"),
    path("queue/people/<int:jobseeker_id>/", board.come_in_for, name="come_in_for"),
    path("queue/<int:agency_id>/", board.board, name="board"),
    path("queue/<int:agency_id>/desk/", board.sit, name="sit"),
    path("queue/<int:agency_id>/next/", board.call_next, name="next"),
    path("queue/<int:agency_id>/come-in/", board.come_in, name="come_in"),
    path("queue/<int:agency_id>/figures/", figures.figures, name="figures"),
    path("queue/tickets/<int:ticket_id>/", board.given, name="given"),
    path("queue/tickets/<int:ticket_id>/<slug:what>/", board.act, name="act"),
    path("queue/<int:agency_id>/hall/", public.hall, name="hall"),
    path("queue/<int:agency_id>/door/<slug:code>/", public.take, name="take"),
    path("queue/place/<slug:code>/", public.place, name="place"),
    path("queue/place/<slug:code>/<slug:act>/", public.move, name="move"),
]
