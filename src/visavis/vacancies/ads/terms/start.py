"""First and last day of work."""

import datetime as dt
import re

from visavis.common.wordlists import Gated
from visavis.vacancies.ads.facts import Found
from visavis.vacancies.ads.text import Text
from visavis.vacancies.words.dates import DATE, MONTHS, NAMED

AT_ONCE = Gated(
    r"des que possible|au plus (?:tot|vite)|\basap\b|as soon as possible|immediatement|immediate start"
    r"|(?:prise|entree|disponib|poste|a pourvoir|demarrage|debut|start|date|besoin|embauche)[^.\n]{0,30}"
    r"(?:immediat|tout de suite|de suite|rapide|urgen|des maintenant|immediately)"
    r"|(?:des|a) (?:maintenant|present)\b|\b(?:urgent|en urgence)\b|start(?:ing)? immediately|tout de suite"
    r"|de suite\b"
    r"|right away|available now"
)
NOT_AT_ONCE = re.compile(
    r"hierarch|superieur|situations? (?:d'|de )|recontact|reponse|postul|candidat(?:ez|ure)|intervention|appel"
    r"|interven"
    r"|contact|medical|gerer|gestion|soins|demandes|depannage|trait|commande"
)
SOUGHT = re.compile(
    r"pourvoir|prise de (?:poste|fonction)|demarr|debut|a partir d|a compter d|disponib|\bdes (?:le|debut|fin)\b"
    r"|embauche"
    r"|recherch|recrut|start|from|as of|poste|contrat|\bcdd\b|\bcdi\b|mission|date|entree|rentree|des que|needed"
    r"|urgent"
)
FROM = Gated(
    r"(?:pourvoir|prise de (?:poste|fonction)|demarr\w*|debut\w*|a partir d[ue']|a compter d[ue']|\bdes\b|disponib\w*"
    r"|date d'(?:embauche|entree)|rentree|start(?:s|ing)?(?: date)?|from|as of|embauche|entree en fonction)"
    r"[^.;\n]{0,45}"
)
PLAIN = Gated(
    r"(?:pourvoir|prise de (?:poste|fonction)|demarrage|debut (?:du|de) (?:contrat|mission)|date (?:de debut"
    r"|d'(?:embauche|entree))"
    r"|embauche|start date|starting|disponible)[^.;\n]{0,45}"
)
ENDING = re.compile(r"arret|termin|jusqu|\bfin\b|until")
TITLED = re.compile(rf"\b({NAMED}) (20\d\d)\b")
FROM_TO = Gated(
    rf"\b(?:du|from) (\d{{1,2}}(?:er)?(?:[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?)?) ?((?:{NAMED})\b(?: ?20\d\d)?)? ?(?:au"
    rf"|to|jusqu'au) "
)
TERM = re.compile(
    r"contrat|\bcdd\b|mission|poste|saison|remplace|besoin|recherch|recrut|travail|emploi|contract|job"
)
MONTH = re.compile(
    rf"(?:(?:debut|fin|mi|courant|mois de|mois d'|de|d'|en|dernier\w* semaine|pour|le|of|in|early|late|mid|des"
    rf"|juillet ?[-/]) ?-?"
    rf"){{1,3}}(?P<month>{NAMED})\b ?(?P<year>20\d\d)?"
)
# "Démarrage janvier 2027", "prise de poste : mars".
BY_MONTH = re.compile(rf"[a-z']+(?: de (?:poste|fonction))? ?:? (?P<month>{NAMED})\b ?(?P<year>20\d\d)?")
PAST = re.compile(
    r"depuis|fonde|cree|since|bilan|publie|candidature|postul|avant le|limite|cloture|entretien|salon|forum"
)
LAST = Gated(
    r"(?:\bjusqu'(?:au|a)|(?P<to>\bau|\bto)|\buntil|\btill) "
    r"|(?:s'arret\w*|termin\w*|prend\w* fin|fin prevue|fin (?:de |du )?(?:contrat|mission|cdd)(?: prevue)?"
    r"|\bends? (?:date|on)) ?(?:(?:le|au|on)\b|:)? ?"
)
# Days of a course, of a holiday: not of the work.
NOT_WORK = re.compile(r"formation|parcours|conges\b|\bferme|inscription|cours\b|portes ouvertes|seance")
# "Un autre contrat pourra vous être proposé à partir de mars".
PROPOSED = re.compile(r"\b(?:pourr\w*|peut|peuvent)\b[^.;\n]{0,25}\bpropos")
AHEAD = dt.timedelta(days=500)
BEFORE = dt.timedelta(days=45)


def start_in(text: Text, today: dt.date) -> Found[str] | None:
    """Return `asap`, a day or a month; a day said beats "as soon as possible"."""
    return _dated(text, today) or _from_to(text, today) or _at_once(text)


def start_in_title(title: Text, today: dt.date) -> Found[str] | None:
    """Return the same of a title, where a month of a year says nothing else: "Agent polyvalent JANVIER 2025"."""
    if said := start_in(title, today):
        return said
    months = list(TITLED.finditer(title.folded))
    if len(months) != 1:
        return None
    [month] = months
    return title.found(month_of(month[1], month[2], today), month.start(), month.end())


def _at_once(text: Text) -> Found[str] | None:
    for match in AT_ONCE.finditer(text.folded):
        low, high = text.sentence(match.start())
        sentence = text.folded[low:high]
        if NOT_AT_ONCE.search(sentence) and not SOUGHT.search(
            text.folded, max(low, match.start() - 40), match.end()
        ):
            continue
        if re.search(
            r"postul\w*|candidat(?:ez|ure)|\bcv\b|recrutement est",
            text.folded[max(low, match.start() - 40) : match.start()],
        ):
            continue
        if SOUGHT.search(sentence) or high - low < 45:
            return text.found("asap", match.start(), match.end())
    return None


def _dated(text: Text, today: dt.date) -> Found[str] | None:
    for match in (*PLAIN.finditer(text.folded), *FROM.finditer(text.folded)):
        low, _high = text.sentence(match.start())
        if PAST.search(text.folded, low, match.end()) or PROPOSED.search(text.folded, low, match.start()):
            continue
        for found in DATE.finditer(match[0]):
            day = day_of(found, today)
            if day and not ENDING.search(match[0][: found.start()]):
                return text.found(day.isoformat(), match.start() + found.start(), match.start() + found.end())
        if month := BY_MONTH.match(match[0]) or MONTH.search(match[0]):
            start = match.start() + month.start()
            return text.found(
                month_of(month["month"], month["year"], today), start, match.start() + month.end()
            )
    return None


def _from_to(text: Text, today: dt.date) -> Found[str] | None:
    """Return the first day of "du 2 au 30 juin", "du 1er juin au 31 août"."""
    for match in FROM_TO.finditer(text.folded):
        last = DATE.match(text.folded, match.end())
        first = DATE.match(f"{match[1]} {match[2] or (last['month'] if last else None) or ''}")
        day = day_of(first, today) if first and last else None
        low, high = text.sentence(match.start())
        if day and TERM.search(text.folded, low, high) and not PAST.search(text.folded, low, high):
            return text.found(day.isoformat(), match.start(1), match.start(1) + len(match[1]))
    return None


def end_in(text: Text, today: dt.date) -> Found[str] | None:
    """Return the last day of the contract: "jusqu'au 31 août", "du 1er au 15 juin"."""
    for match in LAST.finditer(text.folded):
        found = DATE.match(text.folded, match.end())
        day = day_of(found, today) if found else None
        if not day or not found:
            continue
        low, high = text.sentence(match.start())
        before = text.folded[low : match.start()]
        if PAST.search(text.folded, low, high) or NOT_WORK.search(before):
            continue
        if not match["to"] or re.search(r"\b(?:du|de|from) [^.\n]{1,25}$", before):
            return text.found(day.isoformat(), found.start(), found.end())
    return None


def day_of(match: "re.Match[str]", today: dt.date) -> dt.date | None:
    """Return the day that a date names, if a contract may begin there; a year left out is the nearest that fits."""
    parts = match.groupdict()
    try:
        if parts["iso"]:
            found = dt.date.fromisoformat(parts["iso"])
        else:
            day = int(parts["day"] or parts["day2"] or parts["d"])
            month = MONTHS[parts["month"] or parts["month2"]] if not parts["m"] else int(parts["m"])
            year = int(parts["year"] or parts["year2"] or parts["y"] or 0)
            if not year and parts["m"] and "." in match[0]:
                return None
            found = dt.date(year + 2000 if 0 < year < 100 else year or today.year, month, day)
            if not year and found < today - BEFORE:
                found = found.replace(year=today.year + 1)
    except ValueError:
        return None
    return found if -BEFORE <= found - today <= AHEAD else None


def month_of(name: str, year: str | None, today: dt.date) -> str:
    month = MONTHS[name]
    return f"{int(year) if year else today.year + (month < today.month - 1)}-{month:02}"
