"""The site's own settings, with codes of applications that last a day: a busy machine must not outlive one."""

from visavis.config.settings import *  # noqa: F403

MFA_TOTP_PERIOD = 86_400
