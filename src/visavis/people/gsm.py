"""How many signs a text message has, and how many messages it makes (3GPP TS 23.038, 6.2.1; TS 23.040, 9.2.3.24.1).

One sign outside the alphabet, such as ê, â or ç, and the whole message is written in another way: 70 signs instead of
160. The signs of the extension take two places.
"""

import unicodedata

ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")
ONE, ONE_OTHERWISE = 160, 70
# In a message of several parts each part gives some room to its number.
PART, PART_OTHERWISE = 153, 67
WRITTEN_AS = {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "œ": "oe",
              "Œ": "OE", "\u00a0": " ", "\u202f": " "}  # fmt: skip


def is_in_alphabet(text: str) -> bool:
    return all(sign in ALPHABET or sign in EXTENSION for sign in text)


def places(text: str) -> int:
    """Return how many places a text takes: of seven bits where the alphabet has it all, else of sixteen."""
    if is_in_alphabet(text):
        return len(text) + sum(sign in EXTENSION for sign in text)
    return len(text.encode("utf-16-le")) // 2


def parts(text: str) -> int:
    """Return how many messages a text makes."""
    taken = places(text)
    one, part = (ONE, PART) if is_in_alphabet(text) else (ONE_OTHERWISE, PART_OTHERWISE)
    return 1 if taken <= one else -(-taken // part)


def plain(text: str) -> str:
    """Return a text in the alphabet: é stays, ê becomes e, a long dash a short one; what has no like is left out."""
    said = []
    for sign in text:
        if sign in ALPHABET or sign in EXTENSION:
            said.append(sign)
        elif sign in WRITTEN_AS:
            said.append(WRITTEN_AS[sign])
        else:
            kept = unicodedata.normalize("NFKD", sign)
            said.append("".join(one for one in kept if one in ALPHABET))
    return "".join(said)
