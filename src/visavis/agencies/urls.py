"""Addresses of agencies."""

from django.urls import URLPattern, path

from visavis.agencies.views import colleague, doors, joining, team, times

app_name = "agencies"
COLLEAGUE = "agencies/<int:agency_id>/team/<int:user_id>/"
urlpatterns: list[URLPattern] = [
    path("agencies/", doors.agencies, name="agencies"),
    path("agencies/join/", joining.join, name="join"),
    path("agencies/<int:agency_id>/", doors.page, name="page"),
    path("agencies/<int:agency_id>/hours/", doors.change_hours, name="hours"),
    path("agencies/<int:agency_id>/door/", doors.change_door, name="door"),
    path("agencies/<int:agency_id>/times/", times.times, name="times"),
    path("agencies/<int:agency_id>/times/close/", times.close, name="close"),
    path("agencies/<int:agency_id>/times/repeat/<str:shape>/", times.repeat, name="repeat"),
    path("agencies/<int:agency_id>/times/open/", times.open_on, name="open_on"),
    path("agencies/closures/<int:closure_id>/end/", times.open_again, name="open_again"),
    path("agencies/days/<int:day_id>/end/", times.as_usual, name="as_usual"),
    path("agencies/<int:agency_id>/team/", team.team, name="team"),
    path("agencies/<int:agency_id>/team/invite/", team.invite, name="invite"),
    path("agencies/invitations/<int:invitation_id>/end/", team.end_invitation, name="end_invitation"),
    path("agencies/handovers/<int:handover_id>/back/", team.take_back, name="take_back"),
    path(COLLEAGUE, colleague.page, name="colleague"),
    path(f"{COLLEAGUE}role/", colleague.role, name="role"),
    path(f"{COLLEAGUE}absences/", colleague.absence, name="absences"),
    path("agencies/absences/<int:absence_id>/end/", colleague.end_absence, name="end_absence"),
    path(f"{COLLEAGUE}hand-over/", colleague.hand_over, name="hand_over"),
    path(f"{COLLEAGUE}leave/", colleague.leave, name="leave"),
]
