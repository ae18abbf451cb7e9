"""Diplomas and their levels in the French framework."""

import re

from visavis.common.wordlists import either, words_beside

PATTERNS = [
    (int(level), re.compile(either(words), re.I))
    for level, words in words_beside(__file__, "words.toml")["diplomas"].items()
]
SAID = re.compile(r"\bniveau\s+([345678]|I{1,3}|IV|V)\b", re.I)
OLD_LEVELS = {"V": 3, "IV": 4, "III": 5, "II": 6, "I": 7}
MORE = re.compile(
    r"\btitre\s+(?:professionnel|pro)\b|\btp\b(?= )|\bdiplôme\b|\bdiploma\b|"
    r"\bcertificat\b|\bcertificate\b|\bdegree\b|"
    r"\bformation\b|\bprépa\b|\bterminale\b|\b[ée]cole\b.{0,20}\bdiplôm|\bsst\b|"
    r"\bhabilitation\b|\bhaccp\b|\bbafa\b|\bbafd\b|\bpsc1?\b|\bssiap\b|\bcqp\b|"
    r"\bcertification\b|\bnvq\b|\bapprenticeship\b|\bbrevet\b|\bafgsu\b|\btraining\b|\bcourse\b|\bcaces\b|\bfimo\b",
    re.I,
)


def level_in(text: str) -> int | None:
    """Return the level that a diploma stands for.

    >>> [level_in(name) for name in ("CAP Cuisine", "Bac pro", "Licence pro (Bac+3)", "Titre professionnel niveau 4")]
    [3, 4, 6, 4]
    >>> level_in("Formation HACCP") is None
    True
    """
    if said := SAID.search(text):
        return OLD_LEVELS.get(said[1].upper()) or int(said[1])
    return next((level for level, pattern in PATTERNS if pattern.search(text)), None)


def is_diploma(text: str) -> bool:
    """Say whether words name a diploma or a training, rather than where it was."""
    return any(pattern.search(text) for _level, pattern in PATTERNS) or bool(MORE.search(text))
