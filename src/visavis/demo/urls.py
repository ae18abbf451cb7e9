"""Addresses of the demonstration: they exist only where VISAVIS_DEMO is on."""

from django.urls import path

from visavis.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("messages/", views.sent_messages, name="messages"),
    path("station/", views.station, name="station"),
    path("as/<slug:role>/", views.sign_in_as, name="as"),
]
