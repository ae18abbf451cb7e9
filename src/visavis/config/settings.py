"""Settings: every value that a deployment may change is an environment variable of docs/operations.md."""

SECRET_KEY = "not yet"
INSTALLED_APPS: list[str] = []
USE_TZ = True
