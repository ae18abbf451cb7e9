"""What Chromium may do on a station: the service, the sites that the head allows, and nothing that outlives a person.

Chromium reads managed policies from one folder of the machine, which root alone writes.
"""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path("/etc/chromium/policies/managed")
NAME = "visavis-station.json"
# Where Chromium shows a PDF, and prints.
OWN = ("chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai", "chrome://print")
KEEPS_NOTHING: dict[str, Any] = {
    "AutofillAddressEnabled": False,
    "AutofillCreditCardEnabled": False,
    "BackgroundModeEnabled": False,
    "BrowserAddPersonEnabled": False,
    "BrowserGuestModeEnabled": False,
    "BrowserSignin": 0,
    "DefaultGeolocationSetting": 2,
    "DefaultNotificationsSetting": 2,
    "DefaultSearchProviderEnabled": False,
    "DeveloperToolsAvailability": 2,
    "ExtensionInstallBlocklist": ["*"],
    "IncognitoModeAvailability": 1,
    "MetricsReportingEnabled": False,
    "PasswordManagerEnabled": False,
    "PrintHeaderFooter": False,
    "PromotionsEnabled": False,
    "RestoreOnStartup": 5,
    "SavingBrowserHistoryDisabled": True,
    "SearchSuggestEnabled": False,
    "SyncDisabled": True,
    "TaskManagerEndProcessEnabled": False,
    "TranslateEnabled": False,
    "URLBlocklist": ["*"],
}


class NotOurs(Exception):
    """The folder of policies cannot be written."""


def made(origin: str, sites: Sequence[str]) -> dict[str, Any]:
    """Return the policies of a station of a service, with the sites that are open beside it and what is under them."""
    return KEEPS_NOTHING | {
        "URLAllowlist": [origin, *sites, *OWN],
        "VideoCaptureAllowedUrls": [origin],
        "AudioCaptureAllowedUrls": [origin],
    }


def written(origin: str, sites: Sequence[str]) -> str:
    return json.dumps(made(origin, sites), indent=2, sort_keys=True) + "\n"


def write(folder: Path, origin: str, sites: Sequence[str]) -> None:
    """Put the policies in place, whole or not at all. Raises NotOurs."""
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=folder, prefix=".visavis-")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(written(origin, sites))
            os.fchmod(number, 0o644)
        Path(name).replace(folder / NAME)
    except PermissionError as error:
        raise NotOurs(f"Only root writes {folder}: sudo visavis station policies …") from error


def are(folder: Path, origin: str, sites: Sequence[str]) -> bool:
    """Say whether what lies there is what the head chose."""
    try:
        return (folder / NAME).read_text(encoding="utf-8") == written(origin, sites)
    except OSError:
        return False
