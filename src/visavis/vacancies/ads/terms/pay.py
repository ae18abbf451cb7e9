"""Pay in every unit, as written."""

import re
from collections.abc import Sequence
from dataclasses import replace

from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Found, Pay
from visavis.vacancies.ads.text import Text
from visavis.vacancies.words.numbers import NUMBER, number

UNITS = {
    "hour": r"horaires?\b(?! ?:? ?\d{1,2}h)|par heure|(?:de )?l'heure|/ ?h(?:eures?|our|r)?\b|an hour|per hour|hourly"
    r"|(?:€|euros?|eur|brute?|net) ?h\b|€ ?brut ?/ ?h",
    "day": r"/ ?(?:jour|j\b|day)|par jour|a day|per day|daily|\btjm\b|journalier|journee\b",
    "month": r"mensuel(?:le)?s?\b|par mois|/ ?mois|/ ?month|per month|a month|monthly|mensuellement|sur 1[2-6] mois",
    "year": r"annuel(?:le)?s?\b|par an\b|/ ?an\b|per year|a year|per annum|p\.a\b|/ ?year|yearly|annual(?:ly)?|l'annee",
}
AMOUNT = rf"\d{{1,3}}(?:[ .]\d{{3}})+[.,]\d{{1,2}}(?!\d)|{NUMBER}"
MONEY = (
    rf"(?:(?P<sign>£|€) ?)?(?P<amount>{AMOUNT})(?P<k> ?k\b| ?k(?=€|e\b|eur|euro|£))? ?"
    r"(?P<euro>€|euros?\b|eur(?:o?s)?\b|e\b(?= |/|$)|£)?"
)
# Without any of these no amount is a pay.
MONEY_SAID = re.compile(
    r"[€£]|\d ?(?:k|e|eur)|\beur|taux|salair|remunerat|salary|smic|brut|gross|horaire|\d ?nets?\b"
    r"|\d[.,]\d\d? ?(?:/|per hour|an hour|par heure|de l'heure)"
)
SPAN = re.compile(
    rf"(?<![\w.,/]){MONEY}(?: ?(?:bruts?|nets?|brute|gross))?(?: ?(?:par |/ ?)(?:mois|heure|an|h)\b)?"
    rf"(?: ?(?:-|/|a|et|to|and|ou) ?(?<![\w]){MONEY.replace('?P<', '?P<to_')})?(?!\d)(?! ?(?:%|mois\b|km\b|ans\b"
    rf"|h\b|h\d|heures|jours))"
)
PAID = re.compile(
    r"salair|remuneration|remunere|taux horaire|\bpaye?\b|\bbruts?\b|\bnets?\b|salary|\bwage|\bpay\b|gross|smic"
    r"|traitement|gratification|package|horaire de|mensuel de|annuel de|fixe\b|\btjm\b"
)
# What money is too, and no pay.
NO_PAY = re.compile(
    r"prim(?:e|er|es)\b|panier|repas|ticket|titre|mutuelle|indemnit|bonus|cooptation|cheque|variable"
    r"|chiffre d'affaire"
    r"|\bca\b|capital|budget|remise|kilomet|/ ?km|deplacement|transport|interessement|frais|avantage|carte|comite|cse"
    r"|challenge|parrain|13e|allowance|turnover|pension|commission|majoration|majore|remboursement|forfait \d"
    r"|million|factur|\bttc\b|\bht\b|clients?\b|participation|nuitee|plafond|net ?imposable|apport|epargne|cagnotte"
)
# "Prime Ségur incluse : 1 950 €": what is in the pay.
INCLUDED = re.compile(r"\b(?:primes?|indemnites?|ifm|cp)\b[^,;:.]{0,25}\b(?:inclu\w+|comprise?s?)\b")
FROM = re.compile(r"a partir de|des\b|minimum|from|starting at|au moins|plus de|a minima|mini\b|des ")
UP_TO = re.compile(r"jusqu'a|up to|maximum|plafonne")
NET = re.compile(r"\bnets?\b")
# "Coefficient 413, soit 1 801,80 €".
SCALE = re.compile(r"\b(?:coefficient|indice|echelon|grille)\b[^.;€\n]{0,60}\bsoit (?:environ )?$")
# Paid on so many months: "1850 € sur 13 mois", "13 x 1950 €".
ON_MONTHS = re.compile(r"(?:\bsur|\bx) ?(1[3-6])(?:[.,]0)? ?mois")
SO_OFTEN = re.compile(r"(?<![\d.,])(1[2-6]) ?[x*] ?$")
# "12€50 de l'heure": the sign stands where the comma is read; what is found stays at its place.
WITH_MORE = re.compile(r" ?\+ ?(?:prime|variable|commission|panier|ticket|avantage|1[345]e|interessement)")
YEARS = re.compile(r"\b(?:19|20[0-3])\d\b")
GROSS_OR_NET = re.compile(r"\b(?:bruts?|nets?)\b")
# "2,100 gross per month", "12,50/h": no sign of money, but nothing else is told so.
WITHOUT_SIGN = re.compile(
    rf"[\d .,]*\d ?(?:brute?s?|nets?|gross) ?(?:{'|'.join(UNITS.values())})|\d+[.,]\d\d? ?(?:{UNITS['hour']})"
)
CENTS = re.compile(r"(?<![\d.,])(\d{1,3})€(\d\d)[ /](?!\d)")
# How far the words that say what an amount is may stand.
REACH = 200
# What a month, an hour, a day or a year can be paid in France.
PLAUSIBLE = {"hour": (7.0, 90.0), "day": (60.0, 900.0), "week": (150.0, 3000.0), "month": (350.0, 12_000.0),
             "year": (12_500.0, 200_000.0)}  # fmt: skip


def pay_in(text: Text) -> Found[Pay] | None:
    """Return the first amount that is said to be pay, bonuses and benefits left out."""
    for low, high in text.sentences if MONEY_SAID.search(text.folded) else ():
        sentence = CENTS.sub(r"\1,\2€", text.folded[low:high])
        for match in SPAN.finditer(sentence):
            if not is_pay(sentence, match, text.folded[max(0, low - 40) : low]):
                continue
            if pay := _pay(sentence, match, text.folded[max(0, low - 40) : low]):
                months = SO_OFTEN.search(sentence, 0, match.start())
                months = months or ON_MONTHS.search(sentence, match.end(), match.end() + 30)
                pay = replace(pay, months=float(months[1])) if months else pay
                return text.found(pay, low + match.start(), low + match.end())
    return None


def pay_said(words: str) -> Pay | None:
    """Read what a field says of pay: nothing else than pay stands there."""
    folded = fold_signs(words)
    months = ON_MONTHS.search(folded)
    for match in SPAN.finditer(folded):
        if not is_money(folded, match):
            continue
        if re.match(r"sur ?$", folded[max(0, match.start() - 4) : match.start()]):
            continue
        if pay := _pay(folded, match, ""):
            return replace(pay, months=float(months[1])) if months else pay
    return None


def is_money(words: str, match: "re.Match[str]") -> bool:
    """Tell "12.67" and "1770 brut" from "CCN 51" and "le 15 mars 1966"."""
    if any(match[name] for name in ("sign", "euro", "k", "to_euro", "to_k", "to_sign")) or re.search(
        r"[.,]\d", match["amount"]
    ):
        return True
    return bool(
        re.match(r" ?(?:brut|net|par|/|sur 1)", words[match.end() - 6 :])
        or re.search(r"\b(?:bruts?|nets?)\b", match[0] + words[match.end() : match.end() + 8])
    )


def is_pay(sentence: str, match: "re.Match[str]", line_before: str) -> bool:
    money = (
        match["sign"] or match["euro"] or match["k"] or match["to_euro"] or match["to_k"] or match["to_sign"]
    )
    # The words since the last amount: "taux horaire : 12 €, prime de 100 €".
    before = re.split(
        r"[+;]|, (?!\d)| - (?!\d)|\d ?€| plus ", sentence[max(0, match.start() - REACH) : match.start()]
    )[-1][-70:]
    before = INCLUDED.sub("", before)
    after = re.split(r"[+;,.]", sentence[match.end() : match.end() + REACH])[0][:25]
    titled = re.search(r"(?:salaire|remuneration|taux horaire|salary|pay)[^\n]{0,25}:? ?\n+$", line_before)
    if NO_PAY.search(before) or (NO_PAY.search(after) and not PAID.search(after)):
        return False
    if not money and match["to_amount"] and GROSS_OR_NET.search(match[0] + after[:6]):
        return not YEARS.search(match[0]) and len(re.sub(r"\D", "", match["amount"])) >= 4
    if not money and WITHOUT_SIGN.match(match[0] + after):
        return True
    if not money:
        return bool(
            re.search(r"(?:taux horaire|salaire|remuneration|salary|smic|brut|horaire)[^.\d]{0,30}$", before)
        ) and (
            "." in match["amount"] or "," in match["amount"] or len(re.sub(r"\D", "", match["amount"])) >= 4
        )
    near = match[0] + after
    is_scaled = match["euro"] and SCALE.search(sentence[: match.start()])
    # "1 850 € + primes" says nothing before the amount; "de 2200 à 2600 net" names no money.
    is_alone = not re.search(r"\w", sentence[: match.start()]) and WITH_MORE.match(sentence, match.end())
    # "42-48 K€": nothing else is told from so many thousands to so many.
    is_spanned = match["to_k"] and match["to_euro"]
    is_told = PAID.search(before) or PAID.search(near) or titled or is_scaled or is_spanned or is_alone
    is_told = is_told or (match["euro"] and SO_OFTEN.search(sentence, 0, match.start()))
    return bool(is_told or any(re.search(words, near) for words in UNITS.values()))


def _pay(sentence: str, match: "re.Match[str]", line_before: str) -> Pay | None:
    low = _amount(match["amount"], match["k"] or (match["to_k"] if match["to_amount"] else ""))
    high = _amount(match["to_amount"], match["to_k"]) if match["to_amount"] else low
    if low is None or high is None:
        return None
    if high < low and high < 200 <= low:
        high = low
    before, after = (
        sentence[max(0, match.start() - 60) : match.start()],
        sentence[match.end() : match.end() + 30],
    )
    unit = _unit(before, match[0] + after, low, high, is_thousands=bool(match["k"] or match["to_k"]))
    if not unit or high < low:
        return None
    is_net = (
        bool(NET.search(before[-25:] + match[0] + after[:12]))
        and "brut" not in before + match[0] + after[:12]
    )
    single = match["to_amount"] is None
    if single and UP_TO.search(before[-25:]):
        return Pay(None, high, unit, is_net)
    if single and FROM.search(before[-20:]):
        return Pay(low, None, unit, is_net)
    return Pay(low, high, unit, is_net)


def _amount(words: str | None, thousands: str | None) -> float | None:
    if words and re.fullmatch(r"\d{1,3} \d{3}\.\d{1,2}", words):
        words = words.replace(" ", "")
    value = number(words) if words else None
    if value is not None and thousands and value >= 1000:
        return None
    return value * 1000 if value is not None and thousands and value < 1000 else value


def _unit(before: str, after: str, low: float, high: float, *, is_thousands: bool) -> str:
    """Return the unit said nearest, if the amounts can be a pay in it; else the one that they can be."""
    said = [name for name, words in UNITS.items() if re.search(words, after)]
    said += [name for name, words in UNITS.items() if re.search(words, before)]
    if is_thousands:
        said.insert(0, "year")
    return next((name for name in (*said, "month", "year", "hour") if can_be(low, high, name)), "")


def can_be(low: float, high: float, unit: str) -> bool:
    """Say whether somebody in France can be paid these amounts in this unit."""
    least, most = PLAUSIBLE[unit]
    return least <= low and high <= most


def of_amounts(amounts: Sequence[float], unit: str) -> Pay | None:
    """Return the pay that amounts in fields are; where the unit is missing or cannot be, the one that can."""
    low, high = min(amounts), max(amounts)
    tried = dict.fromkeys((unit or "hour", "hour", "month", "year"))
    found = next((name for name in tried if can_be(low, high, name)), None)
    return Pay(low, high, found) if found else None
