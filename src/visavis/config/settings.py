"""Settings: every value that a deployment may change is an environment variable of docs/operations.md."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP

from visavis.config import collecting, databases, environment, languages, wires

# What the site, its workers and its commands make, nobody else on the machine reads.
os.umask(0o077)
collecting.look_seldom()

# Where the site keeps what is its own: database, files, the secret it drew at its first start.
VAR = Path(environment.text("VISAVIS_VAR", ".var")).resolve()
DEMO = environment.switch("VISAVIS_DEMO", default=False)
DEBUG = environment.switch("VISAVIS_DEBUG", default=False)


def drawn_secret() -> str:
    """Draw the secret key once and keep it in VAR, readable by its owner only."""
    file = VAR / "secret-key"
    if not file.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return file.read_text(encoding="ascii")


SECRET_KEY = environment.text("VISAVIS_SECRET_KEY") or drawn_secret()
# The one before, while what it sealed or signed still holds.
SECRET_KEY_FALLBACKS = [one] if (one := environment.text("VISAVIS_SECRET_KEY_BEFORE")) else []
# What signs the journal, best apart from what signs sessions: empty, the secret key does both.
VISAVIS_JOURNAL_KEY = environment.text("VISAVIS_JOURNAL_KEY")
VISAVIS_JOURNAL_KEY_BEFORE = environment.text("VISAVIS_JOURNAL_KEY_BEFORE")
VISAVIS_JOURNAL_SEALS = environment.text("VISAVIS_JOURNAL_SEALS") or str(VAR / "journal-seals.jsonl")
VISAVIS_JOURNAL_WITNESS = environment.text("VISAVIS_JOURNAL_WITNESS")
# What encrypts people's keys, and what marks contacts: newest first, separated by spaces; drawn into VAR when empty.
VISAVIS_DATA_KEYS = environment.text("VISAVIS_DATA_KEYS")
VISAVIS_CONTACT_KEYS = environment.text("VISAVIS_CONTACT_KEYS")
SITE_URL = environment.text("VISAVIS_URL", "http://127.0.0.1:8000").rstrip("/")
# Its own name, and this machine's, from which it is watched.
ALLOWED_HOSTS = environment.words("VISAVIS_HOSTS") or [
    *filter(None, [urlsplit(SITE_URL).hostname]),
    "127.0.0.1",
    "localhost",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SERVED_OVER_TLS = SITE_URL.startswith("https://")

# The door: what every page says to a person who would rather talk to someone.
VISAVIS_PHONE = environment.text("VISAVIS_PHONE", "01 99 00 12 34")
VISAVIS_COMPANION = environment.text("VISAVIS_COMPANION")
VISAVIS_SERVICE_NAME = environment.text("VISAVIS_SERVICE_NAME", "Vis-à-vis")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "visavis.operations",
    "visavis.portal",
    "visavis.proposing",
    "visavis.api",
    "visavis.webhooks",
    "visavis.searches",
    "visavis.applying",
    "visavis.counter",
    "visavis.stations",
    "visavis.matches",
    "visavis.cvs",
    "visavis.employers",
    "visavis.introductions",
    "visavis.traces",
    "visavis.scans",
    "visavis.casefiles",
    "visavis.mandates",
    "visavis.unreached",
    "visavis.merging",
    "visavis.mailboxes",
    "visavis.appointments",
    "visavis.vacancies",
    "visavis.jobseekers",
    "visavis.agencies",
    "visavis.noticing",
    "visavis.consents",
    "visavis.leaving",
    "visavis.documents",
    "visavis.live",
    "visavis.queues",
    "visavis.interviews",
    "visavis.news",
    "visavis.people",
    "visavis.catalog",
    "visavis.ui",
    "visavis.tries",
    "visavis.acts",
    "visavis.vault",
    "visavis.journal",
    "visavis.common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Its protocol only: who is linked is a row of ours (people/identity/).
    "allauth.socialaccount",
]
if DEMO:
    INSTALLED_APPS.insert(0, "visavis.demo")

MIDDLEWARE = [
    # First: what takes private reports never learns who sends them.
    "visavis.traces.middleware.NobodyMiddleware",
    "visavis.common.numbers.NumberMiddleware",
    "visavis.vault.middleware.KeysMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "visavis.common.headers.EncryptedProgramsMiddleware",
    # Django masks the CSRF token and pads the answer at random, so that its length tells nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Before all that asks the database.
    "visavis.operations.away.AwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "visavis.people.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before what looks for a token in the body.
    "visavis.common.uploading.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # A station leads to its start before anybody asks who signs in.
    "visavis.stations.middleware.StationMiddleware",
    "visavis.people.middleware.EndedSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "visavis.people.middleware.SecondFactorMiddleware",
    "visavis.people.middleware.NotHersMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "visavis.common.headers.PrivatePagesMiddleware",
    "visavis.common.readonly.ReadOnlyGetMiddleware",
]

ROOT_URLCONF = "visavis.config.urls"
WSGI_APPLICATION = "visavis.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "visavis.portal.context.surroundings",
                "visavis.stations.context.station",
                "visavis.queues.context.alarm",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "visavis.ui.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "visavis.ui.renderer.FormRenderer"

# Data ---------------------------------------------------------------------------------------------

DATABASES = {"default": databases.found(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

CACHE_URL = environment.text("CACHE_URL")
wires.refuse_plain_store(CACHE_URL)
# How many processes `visavis serve` starts; while the store is gone each lets its share of the limits through.
VISAVIS_WORKERS = environment.whole("VISAVIS_WORKERS", 2 if CACHE_URL else 1)
CACHES = {
    "default": {"BACKEND": "visavis.common.store.SharedStore", "LOCATION": CACHE_URL}
    if CACHE_URL
    # As many counters as a flood from many addresses may bring: what is over the number is thrown away at random.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
}

TASKS = {
    "default": {
        "BACKEND": "visavis.common.numbers.NumberedBackend",
        "QUEUES": ["default", "changes", "messages", "feeds", "scans"],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if environment.switch("VISAVIS_PLAIN_STATIC", default=DEBUG)
        else "visavis.ui.storage.StaticStorage"
    },
}
MEDIA_ROOT = VAR / "files"
# Django would open what is uploaded to every account of the machine.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# People -------------------------------------------------------------------------------------------

# An e-mail is unique by its mark (people/models.py), which Django's check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["visavis.people.sessions.store.SignIn"]
SESSION_ENGINE = "visavis.people.sessions.store"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "visavis.people.passwords.NotOfThePlace"},
    {"NAME": "visavis.people.passwords.NotBreached"},
]
VISAVIS_BREACHED_PASSWORDS = environment.text("VISAVIS_BREACHED_PASSWORDS")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:door"

ACCOUNT_ADAPTER = "visavis.people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# Our own pages ask for an address and prove it by a code before it is kept (visavis.people.codes).
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Our own limits stand in their place: people/limits.py counts in the database, which all processes share.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
# How many proxies of ours stand in front: who asks is read in what the first of them wrote.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole("VISAVIS_PROXIES", 0)
MFA_ADAPTER = "visavis.people.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "visavis.people.forms.AuthenticateForm",
    "reauthenticate": "visavis.people.forms.ReauthenticateForm",
    "activate_totp": "visavis.people.forms.ActivateTOTPForm",
    "add_webauthn": "visavis.people.forms.AddWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SERVED_OVER_TLS

# Who vouches for people and for who works, by OpenID Connect: nobody unless an address and a client are given.
VISAVIS_IDENTITY = {
    "people": {
        "name": environment.text("VISAVIS_PEOPLE_IDENTITY_NAME", "FranceConnect"),
        "address": environment.text("VISAVIS_PEOPLE_IDENTITY"),
        "client": environment.text("VISAVIS_PEOPLE_IDENTITY_CLIENT"),
        "secret": environment.text("VISAVIS_PEOPLE_IDENTITY_SECRET"),
        "scopes": environment.text("VISAVIS_PEOPLE_IDENTITY_SCOPES", "openid given_name family_name"),
        "acr": environment.text("VISAVIS_PEOPLE_IDENTITY_ACR", "eidas1 eidas2 eidas3"),
        "strong": "",
    },
    "staff": {
        "name": environment.text("VISAVIS_STAFF_IDENTITY_NAME", "ProConnect"),
        "address": environment.text("VISAVIS_STAFF_IDENTITY"),
        "client": environment.text("VISAVIS_STAFF_IDENTITY_CLIENT"),
        "secret": environment.text("VISAVIS_STAFF_IDENTITY_SECRET"),
        "scopes": environment.text("VISAVIS_STAFF_IDENTITY_SCOPES", "openid given_name usual_name"),
        "acr": environment.text("VISAVIS_STAFF_IDENTITY_ACR"),
        # Levels that stand for the second factor: none unless the operator says so.
        "strong": environment.text("VISAVIS_STAFF_IDENTITY_STRONG"),
    },
}

MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        # In the demonstration a page shows what would leave.
        "BACKEND": "visavis.demo.sent.PageMailBackend"
        if DEMO
        else "django.core.mail.backends.console.EmailBackend"
    },
}
if environment.text("SMTP_HOST"):
    MAILERS["default"] = {
        "BACKEND": "visavis.people.servers.EmailBackend",
        "OPTIONS": {
            "host": environment.text("SMTP_HOST"),
            "port": environment.whole("SMTP_PORT", 587),
            "username": environment.text("SMTP_USER"),
            "password": environment.text("SMTP_PASSWORD"),
            "use_tls": environment.switch("SMTP_TLS", default=True),
            "timeout": 10,
        },
    }
DEFAULT_FROM_EMAIL = environment.text("VISAVIS_MAIL_FROM", "bonjour@visavis.invalid")
SMS_GATEWAY = environment.text(
    "SMS_GATEWAY", "visavis.demo.sent.PageGateway" if DEMO else "visavis.people.sms.ConsoleGateway"
)
SMS_URL = environment.text("SMS_URL")
SMS_USER = environment.text("SMS_USER")
SMS_TOKEN = environment.text("SMS_TOKEN")
# The countries and parts of France whose numbers are sent text messages, by their codes of ISO 3166.
SMS_COUNTRIES = frozenset(environment.text("SMS_COUNTRIES", "FR GP MQ GF RE YT PM BL MF WF PF NC").split())
# With this the provider hands in what people answer (docs/operations.md); without it nothing is taken.
SMS_IN_TOKEN = environment.text("SMS_IN_TOKEN")

# How far the lists are spread over the vacancies: 0 is plain ranking, 1 makes the crowd fit the positions.
VISAVIS_SPREAD = environment.part("VISAVIS_SPREAD", 1.0)
# Who finds the lists by night: so many processes of this machine (0: the worker itself), or the workers of a Dask
# scheduler; what they have found lies in a folder that all of them see.
VISAVIS_NIGHT_WORKERS = environment.whole("VISAVIS_NIGHT_WORKERS", 0)
VISAVIS_NIGHT_CLUSTER = environment.text("VISAVIS_NIGHT_CLUSTER")
VISAVIS_NIGHT_FOLDER = environment.text("VISAVIS_NIGHT_FOLDER") or str(VAR / "night")

# From how many weeks on somebody whom nothing has reached stands on a list.
VISAVIS_UNREACHED_WEEKS = environment.whole("VISAVIS_UNREACHED_WEEKS", 6)
# In how many working days a message is answered; after that it returns to the team.
VISAVIS_ANSWER_DAYS = environment.whole("VISAVIS_ANSWER_DAYS", 3)
# How many days ahead a person is told that her follow-up may end, and for how long it is not proposed again once she
# wanted it to go on.
VISAVIS_ENDING_NOTICE_DAYS = environment.whole("VISAVIS_ENDING_NOTICE_DAYS", 14)
VISAVIS_ENDING_AGAIN_DAYS = environment.whole("VISAVIS_ENDING_AGAIN_DAYS", 90)
# The socket of ClamAV's daemon, or host:port; without one, documents are opened only as drawn pages.
VISAVIS_CLAMAV = environment.text("VISAVIS_CLAMAV")
# Where documents rest, sealed: a place in a store that speaks S3 (s3://bucket/folder, reached by VISAVIS_S3); else in
# the site's own folder.
VISAVIS_DOCUMENTS = environment.text("VISAVIS_DOCUMENTS")
# The folder in which the scanner of the counter puts what it scans; what rests there is taken, and gone from there.
VISAVIS_SCANS_FROM = environment.text("VISAVIS_SCANS_FROM")

# Where open pages are told what changes, as a browser sees it, and at which port of this machine; 0: not served here.
VISAVIS_LIVE_URL = environment.text("VISAVIS_LIVE_URL", "/live/")
VISAVIS_LIVE_PORT = environment.whole("VISAVIS_LIVE_PORT", 0)

# The relay of interviews: its addresses as a browser reads them (turn:turn.emploi.example:3478?transport=udp), commas
# between, and the secret that it shares with us. Without one, browsers reach each other where their networks let them.
VISAVIS_TURN_URLS = environment.words("VISAVIS_TURN_URLS")
VISAVIS_TURN_SECRET = environment.text("VISAVIS_TURN_SECRET")

# Mail that comes in: the address of the letterbox (each thread has its own after a +), the mailbox where it arrives,
# the name under which our mail server says what it found of a sender, and the largest message taken.
VISAVIS_MAIL_IN = environment.text("VISAVIS_MAIL_IN")
VISAVIS_MAIL_AUTHORITY = environment.text("VISAVIS_MAIL_AUTHORITY")
VISAVIS_MAIL_LARGEST = environment.whole("VISAVIS_MAIL_LARGEST", 25_000_000)
IMAP_HOST = environment.text("IMAP_HOST")
IMAP_PORT = environment.whole("IMAP_PORT", 993)
IMAP_TLS = environment.text("IMAP_TLS", "tls")
IMAP_USER = environment.text("IMAP_USER")
IMAP_PASSWORD = environment.text("IMAP_PASSWORD")
IMAP_FOLDER = environment.text("IMAP_FOLDER", "INBOX")

# Backups: where to, where people's keys go, for whom they are sealed; and the numbers of who was erased, kept apart
# so that a restore erases them again.
VISAVIS_BACKUP_TO = environment.text("VISAVIS_BACKUP_TO")
VISAVIS_BACKUP_KEYS_TO = environment.text("VISAVIS_BACKUP_KEYS_TO")
VISAVIS_BACKUP_RECIPIENT = environment.text("VISAVIS_BACKUP_RECIPIENT")
# A store that speaks S3, for places that begin with s3://: https://KEY:SECRET@host?region=…
VISAVIS_S3 = environment.text("VISAVIS_S3")
# Is the database's log archived as it is written by what setup writes, and how many days an erased key stays in such
# copies: nine by the files of setup, what whoever else makes them promises.
VISAVIS_CONTINUOUS = bool(environment.text("VISAVIS_CONTINUOUS_KEY"))
VISAVIS_CONTINUOUS_DAYS = environment.whole("VISAVIS_CONTINUOUS_DAYS", 9 if VISAVIS_CONTINUOUS else 0)
VISAVIS_ERASED = environment.text("VISAVIS_ERASED") or str(VAR / "erased.jsonl")
# Set where the owner of the tables works: whom it grants what the site does, after a restore.
VISAVIS_SITE_ROLE = environment.text("VISAVIS_SITE_ROLE")

# Whoever watches the service reads its figures with this token; without one nobody does.
VISAVIS_METRICS_TOKEN = environment.text("VISAVIS_METRICS_TOKEN")

# Networks of our own to which events may be told, separated by commas: 10.1.0.0/16. Else only to the internet.
VISAVIS_WEBHOOKS_PRIVATE = environment.words("VISAVIS_WEBHOOKS_PRIVATE")

# Machines that the service reaches beside those of the other settings, host or host:port (common/reaching.py).
VISAVIS_REACHES = environment.words("VISAVIS_REACHES")

# The service for programs: requests a minute, for each token and for each address without one.
VISAVIS_API_PER_TOKEN = environment.whole("VISAVIS_API_PER_TOKEN", 300)
VISAVIS_API_PER_ADDRESS = environment.whole("VISAVIS_API_PER_ADDRESS", 60)

# Private reports: ε of one report and the most of a life, in thousandths; without ε none are collected.
VISAVIS_REPORT_EPSILON = environment.whole("VISAVIS_REPORT_EPSILON", 1000)
VISAVIS_REPORT_CAP = environment.whole("VISAVIS_REPORT_CAP", 4000)

# Language and time --------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
# Further languages, as files: docs/languages.md.
VISAVIS_LANGUAGES = environment.text("VISAVIS_LANGUAGES")
LANGUAGES = languages.with_added(VISAVIS_LANGUAGES)
LOCALE_PATHS = [VISAVIS_LANGUAGES] if VISAVIS_LANGUAGES else []
USE_I18N = True
FORMAT_MODULE_PATH = ["visavis.config.formats"]
USE_TZ = True
TIME_ZONE = environment.text("VISAVIS_TIME_ZONE", "Europe/Paris")

# Protection ---------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    # Without a proxy, as in the demonstration, open pages are told from another port of this machine.
    "connect-src": [CSP.SELF, *([VISAVIS_LIVE_URL] if VISAVIS_LIVE_URL.startswith("http") else [])],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = SERVED_OVER_TLS
# What programs ask, which would never see that their key went in plain: refused, not led on (common/headers.py).
VISAVIS_FOR_PROGRAMS = (r"^api/v1/", r"^sms/", r"^traces/reports/")
# And what is asked on this machine, without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/", *VISAVIS_FOR_PROGRAMS]
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_OVER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if SERVED_OVER_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SERVED_OVER_TLS
if SERVED_OVER_TLS:
    # The browser itself refuses them without TLS, with another path, or from another host.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# How long a session lives, in all and without use; of who works for the service, shorter (people/sessions/lives.py).
VISAVIS_SESSION_HOURS = environment.whole("VISAVIS_SESSION_HOURS", 12)
VISAVIS_SESSION_IDLE_MINUTES = environment.whole("VISAVIS_SESSION_IDLE_MINUTES", 120)
VISAVIS_STAFF_SESSION_HOURS = environment.whole("VISAVIS_STAFF_SESSION_HOURS", 10)
VISAVIS_STAFF_SESSION_IDLE_MINUTES = environment.whole("VISAVIS_STAFF_SESSION_IDLE_MINUTES", 45)
SESSION_COOKIE_AGE = max(VISAVIS_SESSION_HOURS, VISAVIS_STAFF_SESSION_HOURS) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Tables that a GET may write: the session, and the record of who read what.
READONLY_EXCEPT_TABLES = {"people_session", "journal_entry", "matches_showing", "mailboxes_opening"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "visavis.common.logs.QuotingNothing",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "visavis.common.logs.AsJson"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if environment.switch("VISAVIS_LOG_JSON", default=False) else "plain",
        }
    },
    "root": {"handlers": ["console"], "level": environment.text("VISAVIS_LOG_LEVEL", "INFO")},
}

# Errors told to a Sentry-compatible service outside: off unless an address is given, and nothing of a person in it.
VISAVIS_SENTRY = environment.text("VISAVIS_SENTRY")
if VISAVIS_SENTRY:
    from visavis.config import sentry

    sentry.tell(VISAVIS_SENTRY)
