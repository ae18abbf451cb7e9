"""Which occupations an ad is, its code and its title weighed against each other; no catalogue here."""

from collections.abc import Mapping, Sequence

PLAIN_TITLE, SILENT_TITLE = 0.86, 0.5
"""From the first on, a title plainly names an occupation, if it scores less than the second for that of its code."""

VERY_TITLE, LESS = 0.9, 0.06
"""From the first on, a title is the very title of an occupation; so much less says that it is not one of its code."""

HALF_SAID = 0.4
"""From this score on, a title that plainly names another occupation says that of its code as well."""

type Jobs = Sequence[Sequence[str]]


def named_instead(scores: Mapping[str, float], own: str) -> str:
    """Return the occupation that a title plainly names in place of that of its code, by its scores for both; else "".

    >>> named_instead({"N1103": 0.91, "N1101": 0.41}, "N1101"), named_instead({"N1103": 0.7}, "N1101")
    ('N1103', '')
    """
    best, score = max(scores.items(), key=lambda one: one[1], default=("", 0.0))
    its = scores.get(own, 0.0)
    is_plain = (score >= VERY_TITLE and its <= score - LESS) or (score >= PLAIN_TITLE and its < SILENT_TITLE)
    return best if is_plain and best != own else ""


def others(code: str, jobs: Jobs) -> tuple[str, ...]:
    """Return the codes of the jobs that a title names besides the foremost.

    Only where it names one of the foremost's family: else it speaks of something that the catalogue calls otherwise.

    >>> others("M1203", [("M1607",), ("M1203",)]), others("M1811", [("F1101",), ("K1802",)])
    (('M1607',), ())
    """
    codes = [one for job in jobs for one in job if code not in job]
    is_of_it = any(one[:3] == code[:3] for job in jobs for one in job)
    return tuple(dict.fromkeys(codes)) if is_of_it else ()
