"""Take out of a text who to write to or to call: what the whole web reads names nobody."""

import re

EMAIL = re.compile(r"[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)\d{1,3}[ .\-]?(?:\(0\))?[ .\-]?\d|0[1-9])(?:[ .\-/]?\d{2}){4}(?!\d)"
)
NAME = r"[A-ZÀ-Þ][\w’'-]+(?: (?:de |d’|d'|du |le |la )?[A-ZÀ-Þ][\w’'-]+){0,2}"
TITLED = re.compile(rf"\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Mrs|Ms|Dr|Docteur) {NAME}")
ASKED_FOR = re.compile(
    rf"(\b(?:[Cc]ontact(?:ez|er)?|[Aa]ppel(?:ez|er)|[Dd]emand(?:ez|er)|[Jj]oindre|[Cc]all|[Aa]sk for|[Aa]uprès de"
    rf"|[Ww]rite to|[ÉEée]cri(?:vez|re) à|s['’]adresser à) ?:? )({NAME})"
)
GONE = "(…)"


def without_contact(text: str) -> str:
    """Return the text without e-mail addresses, phone numbers, and the names that go with them.

    >>> without_contact("Contactez Mme Claire Petit au 04 75 00 00 00 ou rh@example.org.")
    'Contactez (…) au (…) ou (…).'
    """
    for pattern in (EMAIL, PHONE, TITLED):
        text = pattern.sub(GONE, text)
    return ASKED_FOR.sub(rf"\1{GONE}", text)
