"""The words of the description, in English: translated where they are shown."""

from visavis.common.wordlists import words_beside

_SAID = words_beside(__file__, "sentences.toml")

INTRODUCTION: str = _SAID["introduction"]
TOKEN: str = _SAID["token"]
ANSWERED: str = _SAID["answered"]
GROUPS: dict[str, str] = _SAID["groups"]
OPERATIONS: dict[str, str] = _SAID["operations"]
PARAMETERS: dict[str, str] = _SAID["parameters"]
