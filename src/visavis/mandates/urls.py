"""Addresses of mandates: the helper's, the person's own, the agency's."""

from django.urls import path

from visavis.mandates.views import acting, agency, helper, mine

app_name = "mandates"
urlpatterns = [
    path("for/<int:mandate_id>/", acting.person, name="person"),
    path("for/<int:mandate_id>/<path:page>", acting.page, name="page"),
    path("helping/code/", helper.take, name="take"),
    path("helping/<int:mandate_id>/end/", helper.give_back, name="give_back"),
    path("account/helpers/", mine.mine, name="mine"),
    path("account/helpers/new/", mine.new, name="new"),
    path("account/helpers/<int:mandate_id>/", mine.one, name="one"),
    path("people/user/<int:user_id>/helpers/", agency.of, name="of"),
    path("people/user/<int:user_id>/helpers/new/", agency.new, name="new_of"),
    path("people/user/<int:user_id>/helpers/<int:mandate_id>/", agency.one, name="one_of"),
    path("people/user/<int:user_id>/helpers/<int:mandate_id>/paper/", agency.paper, name="paper"),
]
