"""Addresses of what was agreed to."""

from django.urls import path

from visavis.consents import views

app_name = "consents"
urlpatterns = [path("account/consents/", views.mine, name="mine")]
