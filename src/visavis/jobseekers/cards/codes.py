"""The code of a person on a printed sheet: no name, and a slip of the pen is noticed."""

import re

LONGEST = 40
CHECKED = re.compile(r"[0-9]{3,20}")


def code_of(jobseeker_id: int) -> str:
    """Write the number of a file with two check digits (ISO/IEC 7064, MOD 97-10).

    >>> code_of(42)
    '00042-69'
    """
    return f"{jobseeker_id:05d}-{98 - jobseeker_id * 100 % 97:02d}"


def read_code(text: str) -> int | None:
    """Return the number of the file, or None when the check digits do not fit.

    >>> read_code(" 00042 69 "), read_code("00043-69"), read_code("x")
    (42, None, None)
    """
    digits = re.sub(r"[\s.-]", "", text[:LONGEST])
    if not CHECKED.fullmatch(digits) or int(digits) % 97 != 1:
        return None
    return int(digits[:-2])
