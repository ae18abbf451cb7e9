"""Addresses of employers who come."""

from django.urls import URLPattern, path

from visavis.employers.views import desk, mine, public

app_name = "employers"
urlpatterns: list[URLPattern] = [
    # Read without signing in.
    path("employers/", public.i_hire, name="door"),
    path("employers/ask/", public.ask, name="ask"),
    path("employers/join/", public.join, name="join"),
    path("employers/code/", public.code, name="code"),
    path("employers/send/", public.send, name="send"),
    path("employers/mine/", mine.mine, name="mine"),
    path("employers/mine/<int:account_id>/withdraw/", mine.withdraw, name="withdraw"),
    path("employers/mine/<int:account_id>/code/", mine.invite, name="invite"),
    path("employers/joinings/<int:joining_id>/", mine.answer, name="joining"),
    path("employers/people/<int:membership_id>/leave/", mine.leave, name="leave"),
    path("employers/desk/", desk.listed, name="desk"),
    path("employers/desk/phone/", desk.on_the_phone, name="phone"),
    path("employers/desk/<int:account_id>/", desk.one, name="account"),
    path("employers/desk/<int:account_id>/person/", desk.add_person, name="add_person"),
]
