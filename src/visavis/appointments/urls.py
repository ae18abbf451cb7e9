"""Addresses of appointments: hers, what anybody books, a person's at the desk, a counsellor's day."""

from django.urls import URLPattern, path

from visavis.appointments.views import (
    agenda,
    booking,
    busy,
    calendar,
    desk,
    figures,
    hours,
    invited,
    inviting,
    mine,
    one,
)

app_name = "appointments"
urlpatterns: list[URLPattern] = [
    path("appointments/", mine.mine, name="mine"),
    path("appointments/agency/<int:agency_id>/", booking.kinds, name="kinds"),
    path("appointments/kind/<int:kind_id>/", booking.times, name="times"),
    path("appointments/held/<str:uid>/", booking.held, name="held"),
    path("appointments/held/<str:uid>/code/", booking.code, name="code"),
    path("appointments/held/<str:uid>/name/", booking.name, name="name"),
    path("appointments/held/<str:uid>/let-go/", booking.let_go, name="let_go"),
    path("appointments/<int:appointment_id>/", one.page, name="one"),
    path("appointments/<int:appointment_id>/move/", one.move, name="move"),
    path("appointments/<int:appointment_id>/earlier/", one.earlier, name="earlier"),
    path("appointments/<int:appointment_id>/settle/", one.settle, name="settle"),
    path("appointments/<int:appointment_id>/appointment.ics", calendar.file, name="file"),
    path("agenda/calendar/", calendar.address, name="calendar_address"),
    path("agenda/calendar/<str:secret>.ics", calendar.feed, name="feed"),
    path("agenda/outside/", busy.outside, name="outside"),
    path("people/user/<int:user_id>/appointments/", desk.of, name="of"),
    path("people/user/<int:user_id>/appointments/kind/<int:kind_id>/", desk.book, name="book"),
    path(
        "people/user/<int:user_id>/appointments/kind/<int:kind_id>/invite/", inviting.one, name="invite_one"
    ),
    path("appointments/invitations/<int:invitation_id>/", invited.page, name="invited"),
    path("agenda/invite/", inviting.several, name="invite"),
    path("agenda/invitations/", inviting.listed, name="invitations"),
    path("agenda/times-asked/<int:asked_id>/", inviting.times_asked, name="times_asked"),
    path("agenda/times-asked/<int:asked_id>/enough/", inviting.enough, name="enough"),
    path("agenda/", agenda.day, name="agenda"),
    path("agenda/figures/<int:agency_id>/", figures.figures, name="figures"),
    path("agenda/hours/<int:agency_id>/", hours.receiving, name="receiving"),
    path("agenda/kinds/<int:agency_id>/", hours.kinds, name="agency_kinds"),
    path("agenda/workshops/<int:kind_id>/", hours.workshop, name="workshop"),
]
