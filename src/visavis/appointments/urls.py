"""Addresses of appointments: hers, what anybody books, a person's at the desk, a counsellor's day."""

from django.urls import URLPattern, path

from visavis.appointments.views import agenda, booking, calendar, desk, hours, mine, one

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
    path("appointments/<int:appointment_id>/settle/", one.settle, name="settle"),
    path("appointments/<int:appointment_id>/appointment.ics", calendar.file, name="file"),
    path("agenda/calendar/", calendar.address, name="calendar_address"),
    path("agenda/calendar/<str:secret>.ics", calendar.feed, name="feed"),
    path("people/user/<int:user_id>/appointments/", desk.of, name="of"),
    path("people/user/<int:user_id>/appointments/kind/<int:kind_id>/", desk.book, name="book"),
    path("agenda/", agenda.day, name="agenda"),
    path("agenda/hours/<int:agency_id>/", hours.receiving, name="receiving"),
    path("agenda/kinds/<int:agency_id>/", hours.kinds, name="agency_kinds"),
    path("agenda/workshops/<int:kind_id>/", hours.workshop, name="workshop"),
]
