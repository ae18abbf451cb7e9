from django.urls import path

from visavis.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.style, name="style"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("sample/<slug:name>/", views.sample, name="sample"),
]
