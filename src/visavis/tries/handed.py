"""Codes that one person hands to another, on paper or aloud: drawn once, kept as a keyed digest, tried a few times.

49 bits could be tried out by who has the rows: without the site's secret nobody can. Where that changes, codes handed
out before open nothing.
"""

import secrets

from django.utils.crypto import salted_hmac

# No sign that is taken for another when it is read aloud: 31 signs, ten of them are 49 bits.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ2345679"
LENGTH = 10
HALF = LENGTH // 2


def drawn() -> str:
    """Draw a code and return it as it is written: two halves with a hyphen."""
    code = "".join(secrets.choice(SIGNS) for _place in range(LENGTH))
    return f"{code[:HALF]}-{code[HALF:]}"


def digest(purpose: str, code: str, *with_it: str) -> str:
    """Return what is kept of a code, and of what goes with it: neither can be read in it.

    However it was typed: small letters, spaces and hyphens do not count.
    """
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    told = ".".join([typed, *with_it])
    return salted_hmac(f"visavis.{purpose}", told, algorithm="sha256").hexdigest()
