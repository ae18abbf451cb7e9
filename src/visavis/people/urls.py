"""Addresses of people: my account, who has read my file, the journal."""

from django.urls import URLPattern, path

from visavis.people.views import account, identity, readings, sessions

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("account/", account.page, name="account"),
    path("account/name/", account.name, name="name"),
    path("account/language/", account.language, name="language"),
    path("account/channel/", account.channel, name="channel"),
    path("account/email/", account.email, name="email"),
    path("account/phone/", account.phone, name="phone"),
    path("account/postal-address/", account.postal_address, name="postal_address"),
    path("account/address-code/", account.address_code, name="address_code"),
    path("account/password/", account.password, name="password"),
    path("account/identity/", identity.keep, name="identity_keep"),
    path("account/identity/<slug:slot>/", identity.page, name="identity"),
    path("account/identity/<slug:slot>/link/", identity.begin_link, name="identity_link"),
    path("account/identity/<slug:slot>/unlink/", identity.unlink, name="identity_unlink"),
    path("account/sessions/", sessions.page, name="sessions"),
    path("account/sessions/end/", sessions.end, name="end_session"),
    path("account/typed/", sessions.typed_page, name="typed"),
    path("account/typed/send/", sessions.send_typed, name="send_typed"),
    path("account/typed/throw-away/", sessions.forget_typed, name="forget_typed"),
    path("account/readings/", readings.readings, name="readings"),
    path("journal/", readings.journal_page, name="journal"),
]
