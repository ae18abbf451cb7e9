"""Diplomas and their levels in the French framework."""

import re

# The first that is found counts. On the text as it stands, small and capital letters alike.
LEVELS: tuple[tuple[int, str], ...] = (
    (8, r"\bdoctorat\b|\bph\.?\s?d\b|\bdoctorate\b|\bth[èe]se de doctorat\b"),
    (7, r"\bmast(?:er|ère|ere)s?\b(?:['’]s)?|\bbac\s*\+\s*5\b|\bdess\b|\bdea\b|"
        r"\bing[ée]nieure?\b|\bm\.?sc\b|\bm\.?b\.?a\b|\bmaîtrise\b|\bM[12]\b|\bdscg\b|"
        r"\bm\.?a\.? in\b"),
    (6, r"(?<!adr )(?<!sia )(?<!ing )(?<!driver )(?<!permis )\blicence\b|"
        r"\bbachelor\b(?:['’]s)?|\bbac\s*\+\s*[34]\b|\bb\.?sc\b|"
        r"\bb\.?a\b\.?(?= |\()|\bbeng\b|\bbut\b(?= )|\bdcg\b|"
        r"\bdiplôme d['’][ée]tat (?:d['’]infirmier|infirmier|d['’]éducateur)|"
        r"\bb\.?eng\b|\bhonours\b"),
    (5, r"\bbtsa?\b|\bd\.?u\.?t\b|\bdeug\b|\bdeust\b|\bbac\s*\+\s*2\b|\bhnd\b|"
        r"\bassociate\b|\bfoundation degree\b|\bhigher national\b"),
    (4, r"\bbaccalaur[ée]ats?\b|\bbac\b|\bbrevet professionnel\b|\bbp\b(?= )|"
        r"\ba[- ]levels?\b|\bhigh school diploma\b|\bbtec\b|\bnvq (?:level )?3\b|"
        r"\bbpjeps\b|\bdeas\b|\bdeap\b|\bdiplôme d['’][ée]tat d['’]aide[- ]soignante?\b|"
        r"\bdaeu\b|\blevel 3\b|\bbma\b"),
    (3, r"\bc\.?a\.?p\.?(?:a\b|\b|(?= ))|\bb\.?e\.?p\.?(?:a\b|\b|(?= ))|\bbpa\b|"
        r"\bdeaes\b|\bdeavs\b|\bnvq (?:level )?2\b|\blevel 2\b|"
        r"\bmention complémentaire\b|\bcqp\b|\bcs accueil\b|\bcity (?:&|and) guilds\b"),
    (1, r"\bbrevet(?: des collèges| national)?\b|\bdnb\b|\bgcses?\b|\bcfg\b|\bbepc\b"),
)  # fmt: skip
PATTERNS = [(level, re.compile(words, re.I)) for level, words in LEVELS]
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
