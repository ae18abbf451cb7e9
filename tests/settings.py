"""The site's own settings, with a folder of the tests' own and everything that waits made quick."""

import atexit
import os
import shutil
import tempfile

# A folder for each process of the tests; what a test itself starts keeps the one that it is given.
if "VISAVIS_VAR" not in os.environ or os.environ.get("VISAVIS_TESTS_OF", "") != os.environ.get(
    "PYTEST_XDIST_WORKER", ""
):
    os.environ["VISAVIS_TESTS_OF"] = os.environ.get("PYTEST_XDIST_WORKER", "")
    os.environ["VISAVIS_VAR"] = tempfile.mkdtemp(prefix="visavis-tests-")
    atexit.register(shutil.rmtree, os.environ["VISAVIS_VAR"], ignore_errors=True)
os.environ["VISAVIS_DEMO"] = "yes"
os.environ["VISAVIS_PLAIN_STATIC"] = "yes"

if os.environ.get("DATABASE_URL") == "embedded":
    # A PostgreSQL of the tests' own, from a package; it stops with the process.
    from tests import postgresql

    os.environ["DATABASE_URL"] = postgresql.start()

from visavis.config.settings import *

MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
SMS_GATEWAY = "tests.sms.MemoryGateway"
# A real hash takes a tenth of a second on purpose; a test signs in a thousand times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS["default"]["BACKEND"] = "tests.inside.BesideBackend"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# A command that a test runs sets the log up anew while its words are caught: of what is closed after it, each line
# that is logged from then on would be a traceback.
LOGGING["handlers"]["console"]["stream"] = "ext://sys.__stderr__"  # noqa: F405
# The tests ask more often than people do; tests/api/test_limits.py sets its own.
VISAVIS_API_PER_TOKEN = VISAVIS_API_PER_ADDRESS = 10**9
# A second state machine, which only the tests have: tests/acts/test_ledger.py.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.acts.tickets"]  # noqa: F405
