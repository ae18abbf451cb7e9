"""A whole provider of OpenID Connect in a process of its own: allauth's, with accounts, pages and a database.

`python tests/people/identity/allauth_provider.py FOLDER PORT CALLBACK AFTER` serves until it is killed.
"""

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

FOLDER, PORT, CALLBACK, AFTER = sys.argv[1:]
CLIENT, SECRET, PASSWORD = "visavis", "between us", "a long password"

from django.conf import settings  # noqa: E402

sys.path.insert(0, FOLDER)
settings.configure(
    SECRET_KEY="of the provider",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="provider_urls",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{FOLDER}/provider.sqlite3"}},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    ACCOUNT_RATE_LIMITS=False,
    LOGIN_URL="/accounts/login/",
    IDP_OIDC_PRIVATE_KEY=os.environ["PROVIDER_KEY"],
    IDP_OIDC_RP_INITIATED_LOGOUT_ASKS_FOR_OP_LOGOUT=False,
    USE_TZ=True,
)

import django  # noqa: E402

django.setup()

from allauth.idp.oidc.models import Client  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


call_command("migrate", verbosity=0)
get_user_model().objects.create_user("lise", "lise@example.org", PASSWORD)
client = Client(id=CLIENT, name="Vis-à-vis", redirect_uris=CALLBACK, scopes="openid\nprofile\nemail")
client.set_secret(SECRET)
client.set_post_logout_redirect_uris([AFTER])
client.save()
with make_server("127.0.0.1", int(PORT), get_wsgi_application(), handler_class=Quiet) as server:
    server.serve_forever()
