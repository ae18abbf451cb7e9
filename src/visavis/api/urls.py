"""Addresses: the service for programs, its documentation, and the tokens of one's account."""

from django.urls import URLPattern, path, re_path

from visavis.api.operations.all import SERVICE
from visavis.api.service import ROOT, addresses
from visavis.api.views import documentation, tokens, unknown

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("account/tokens/", tokens.index, name="tokens"),
    path("account/tokens/new/", tokens.new, name="new_token"),
    path("account/tokens/<int:token_id>/revoke/", tokens.revoke, name="revoke_token"),
    path(f"{ROOT}docs/", documentation.index, name="docs"),
    path(f"{ROOT}docs/errors/", documentation.errors, name="errors"),
    path(f"{ROOT}docs/<slug:group>/", documentation.group, name="docs_group"),
    path(f"{ROOT}openapi.json", documentation.openapi, name="openapi"),
    *addresses(SERVICE),
    # Whatever follows, line feeds too.
    re_path(rf"^{ROOT}", unknown.unknown, name="unknown"),
]
