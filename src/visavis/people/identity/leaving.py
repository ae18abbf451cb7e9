"""Signed out here and there: the provider is told who leaves by the token it gave, kept in the sealed session."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from visavis.people.identity import providers
from visavis.people.identity.providers import Provider
from visavis.people.identity.vouched import Vouched

SESSION_KEY = "identity_hint"


def keep(session: SessionBase, vouched: Vouched) -> None:
    """Keep what the provider needs to be told at the end."""
    session[SESSION_KEY] = [vouched.slot, vouched.token]


def kept(session: SessionBase) -> tuple[Provider, str] | None:
    """Return the provider that let this session in, and its token."""
    slot, token = session.get(SESSION_KEY) or ("", "")
    provider = providers.named(slot)
    return (provider, token) if provider else None


def address(provider: Provider, token: str) -> str:
    """Return where the provider signs her out, nothing where it cannot. Raises Away or NotBelieved."""
    from visavis.people.identity import protocol  # noqa: PLC0415  (5 MB, for who comes in by another service)

    there = str(protocol.described(provider).get("end_session_endpoint") or "")
    if not there:
        return ""
    back = settings.SITE_URL + reverse("account_signed_out")
    told = {"id_token_hint": token, "post_logout_redirect_uri": back, "client_id": provider.client}
    return f"{there}{'&' if '?' in there else '?'}{urlencode(told)}"
