"""Addresses of the stations: the kiosk's own, the machine's, the head's, reception's, and those of a badge."""

from django.urls import URLPattern, path

from visavis.stations.views import badges, counter, enrolment, figures, head, inside, kiosk, reserving

app_name = "stations"
urlpatterns: list[URLPattern] = [
    path("station/", kiosk.start, name="start"),
    path("station/ways/", kiosk.ways, name="ways"),
    path("station/take/", kiosk.take, name="take"),
    path("station/ticket/", kiosk.ticket, name="ticket"),
    path("station/card/", kiosk.badge, name="badge"),
    path("station/card/read/", kiosk.read, name="read"),
    path("station/guest/", kiosk.guest, name="guest"),
    path("station/inside/", inside.home, name="home"),
    path("station/still/", inside.still, name="still"),
    path("station/beat/", inside.beat, name="beat"),
    path("station/more/", inside.more, name="more"),
    path("station/help/", inside.help_, name="help"),
    path("station/check-in/", inside.check_in, name="check_in"),
    path("station/print/", inside.hand_out, name="print"),
    path("station/print/list/", inside.prints, name="prints"),
    path("station/print/page/", inside.hand_out_page, name="print_page"),
    path("station/finish/", inside.finish, name="finish"),
    path("station/enrol/", enrolment.enrol, name="enrol"),
    path("station/machine/", enrolment.machine, name="machine"),
    path("station/enter/<str:mark>/", enrolment.enter, name="enter"),
    path("station/line/<slug:code>/", reserving.place, name="line"),
    path("agencies/<int:agency_id>/stations/", head.stations, name="stations"),
    path("agencies/<int:agency_id>/stations/add/", head.add, name="add"),
    path("agencies/<int:agency_id>/stations/rules/", head.rules, name="rules"),
    path("agencies/<int:agency_id>/stations/figures/", figures.figures, name="figures"),
    path("stations/<int:station_id>/code/", head.code, name="code"),
    path("stations/<int:station_id>/revoke/", head.revoke, name="revoke"),
    path("agencies/<int:agency_id>/stations/now/", counter.now, name="now"),
    path("agencies/<int:agency_id>/stations/line/", counter.reserve, name="reserve"),
    path("stations/<int:station_id>/end/", counter.end, name="end"),
    path("stations/calls/<int:call_id>/go/", counter.go, name="go"),
    path("people/<int:jobseeker_id>/card/", badges.of_person, name="badge_of"),
    path("account/card/", badges.mine, name="mine"),
]
