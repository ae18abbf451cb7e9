"""Tasks and skills as phrases in the ad's own words; benefits, praise and traits of character are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from visavis.common.wordlists import either, words_beside
from visavis.vacancies.ads.facts import Skill
from visavis.vacancies.ads.text import Text, asked_how

TABLES = words_beside(__file__, "phrases.toml")


def table(part: str, name: str, before: str = "", after: str = "") -> "re.Pattern[str]":
    return re.compile(f"{before}(?:{either(TABLES[part][name])}){after}")


PARTS = {name: table("parts", name, r"[^a-z0-9]*") for name in TABLES["parts"]}
NOUN = re.compile(rf"(?:{either(TABLES['starts']['nouns'])})\b|{either(TABLES['starts']['nouns_of'])}")
VERB_EN = table("starts", "verbs_en", after=r"(?:ing)?\b")
KNOWLEDGE = table("starts", "knowledge")
FRAME = table("starts", "frames", r"\b")
THIRD = table("starts", "third", r"\b", r"(?:ra|nt|ront)?\b")
CHARACTER, OTHER, ALWAYS = (table("leave", name) for name in ("character", "other", "always"))
NO_TASK = table("leave", "verbs", r"^(?:n'|vous )?", r"(?:i?ez|es)?\b")
NO_INFINITIVE = table("leave", "infinitives", "^", r"\b")
AFTER = table("ends", "after")
INFINITIVE = re.compile(
    r"(?:s'|se |l'|ne pas |ne |bien |savoir |pouvoir )?[a-z]+(?:er|ir|oir|[dtvurp]re|aire|ire)\b"
)
PLURAL = re.compile(
    r"(?:(?:vous|y|en|nous|les|l'|egalement|aussi|ensuite|vous etes|tu|et|puis) ?)*(?P<verb>[a-z]{3,}ez)\b"
)
TU = re.compile(r"\btu (?P<verb>[a-z]{3,}(?:es|ras|s))\b")
YOU = re.compile(r"\bvous (?:\w+ment |y |en |serez |etes )?(?P<verb>[a-z]{3,}ez)\b")
TU_ARE = re.compile(r"as|es|seras|auras|peux|veux|souhaites|recherches|aimes|possedes")
WHO = re.compile(
    r"\b(?:il|elle|agent\w*|candidat\w*|titulaire|personne|salarie\w*|il/elle|cuisinier\w*|technicien\w*"
    r"|vendeu\w*|conducteur\w*|responsable)\b"
)
BULLET = re.compile(r"^[ \t]*(?:[-–—•*·>✓✔➢►▪●◦+→~]|o(?= )|\d{1,2}[.)]|[a-z]\))[ \t]*")
# Not within a number: "2,100", "12.50".
SPLIT = re.compile(
    r"[;:!?•\n]+|(?:(?<!\d)[.,]|[.,](?!\d))[.;:!?•\n]*| - | et | ou | and |/ |//|\+|(?<=\w) ?· |…|»|\*"
    r"|(?: & )| -(?=[a-z])"
)
BRACKETS = re.compile(r"\([^()]*\)?")
ARTICLE = re.compile(
    r"^(?:(?:et|ou|puis|ainsi que|aussi|egalement|enfin|notamment|de|d'|du|des|a|au|aux|la|le|les|l'|un|une|pour"
    r"|en|on|the|of|to|and|for|and to|votre|vos|toutes?|tous?|bonnes?|parfaite|excellente|quelques|divers\w*"
    r"|premiere?s?) ?(?:\b|(?<=')))+ ?"
)
SENTENCE_END = re.compile(
    r"[.!?;](?=\s|$)|(?<=[a-z)]) (?=(?:" + either(TABLES["starts"]["verbs_fr"]) + r")\b)"
)
ADDRESSED = re.compile(r" *(?:vous|tu|you)\b")
NO_ITEM = re.compile(
    r"(?:vous|nous|tu|il|elle|notre|votre|ce|cette|au|dans|en|sous|rattache|a |qui|si|[0-9])\b"
)
DANGLING = re.compile(
    r"(?: (?:a|de|et|le|la|les|du|des|d'|au|aux|en|sur|ou|par|avec|pour|l'|vos|votre|nos|un|une|dans))+$"
)
BARE_NOUN = re.compile(
    rf"(?:\b|')(?:(?:{either(TABLES['starts']['nouns'])})|[a-z]{{3,}}(?:age|tion|sion|ement|ance|ture))$"
)
LIGHT = re.compile(
    r"^(?:(?:particip|assur|veill|contribu)(?:er|ez|erez|e|era)|prend(?:re|rez) en charge|prenez en charge"
    r"|en charge) (?:activement |egalement |ponctuellement |regulierement )?(?:(?:a|au|aux|la|le|les|du|de|des"
    r"|sur)\b ?|l'|d')+ ?"
)
ONE_VERB = re.compile(r"(?:l'|s'|y )?[a-z]+(?:ez|er|ir|re|ons)$")
MISSION = re.compile(r"\b(?:missions?|taches|activites|responsabilites|fonctions)\b[^:]{0,40}:$")
LEAST, MOST = 4, 170
LEAST_HEADING = 6
MOST_WORDS = 22


@dataclass
class Piece:
    """A stretch between two separators, with what stands before it."""

    start: int
    end: int
    separator: str


@dataclass
class Walk:
    """Where in the ad the reader is: in which part, and whether the last piece was a skill."""

    part: str = "open"
    is_listing: bool = False


# "Pas besoin de savoir lire".
NOT_NEEDED = re.compile(
    r"(?:pas (?:besoin|necessaire|obligatoire|indispensable)|inutile|no need) (?:de |d'|to )?$"
)


def skills_in(text: Text) -> tuple[Skill, ...]:
    """Return the phrases on tasks and skills, in the order of the text, each once."""
    walk = Walk()
    found: dict[str, Skill] = {}
    for start, end in lines_of(text.folded):
        for low, high in line_skills(text, start, end, walk):
            low, high = trimmed(text.folded, low, high)
            words = text.folded[low:high]
            if is_kept(words) and not NOT_NEEDED.search(text.folded, max(0, low - 30), low):
                one = text.found("", low, high)
                found.setdefault(
                    words, Skill(one.words, one.start, one.end, "", asked_how_much(text, low, high, walk))
                )
    return tuple(found.values())


def asked_how_much(text: Text, start: int, end: int, walk: Walk) -> bool | None:
    return asked_how(text, start, end) if walk.part == "profile" else None


def lines_of(folded: str) -> Iterator[tuple[int, int]]:
    place = 0
    for line in folded.split("\n"):
        if line.strip():
            yield place, place + len(line)
        place += len(line) + 1


def line_skills(text: Text, start: int, end: int, walk: Walk) -> Iterator[tuple[int, int]]:
    """Walk one line, sentence by sentence; a title changes the part we are in."""
    line = text.folded[start:end]
    bullet = BULLET.match(line)
    body = start + (bullet.end() if bullet else 0)
    if after := titled(
        text.folded[body:end],
        walk,
        is_heading=not bullet and is_capital(text, body, end),
        begins_line=not text.original[text.places[body] : text.places[end]].strip(" \t*#>")[:1].islower(),
    ):
        body += after
        if body >= end - 2:
            return
    walk.is_listing = walk.part == "tasks" and (bool(bullet) or end - body < 90)
    for low, high in sentences_of(text, body, end):
        is_item = bool(bullet) or low == body or is_verb(text.folded[low:high].lstrip(" -•*"))
        yield from sentence_skills(text, low, high, walk, is_item=is_item)
    announces(text, start, end, walk)


def announces(text: Text, start: int, end: int, walk: Walk) -> None:
    """Take the last sentence of a line for the title of the next, "À ce titre, vos missions seront de :"."""
    line = text.folded[start:end].rstrip()
    if not line.endswith(":"):
        return
    *_, (low, high) = sentences_of(text, start, end)
    head = text.folded[low:high]
    is_told = part_of(head) == "tasks" or MISSION.search(head)
    if is_told and not CHARACTER.search(head) and not OTHER.search(head):
        walk.part, walk.is_listing = "tasks", True


def titled(line: str, walk: Walk, *, is_heading: bool, begins_line: bool) -> int:
    """Return how far the title of a part goes, and remember the part; 0 when there is none."""
    if line.strip() and is_heading:
        walk.part, walk.is_listing = part_of(line) or ("tasks" if len(line.split()) > 1 else walk.part), False
        return len(line)
    colon = re.match(r"[^:.!?]{2,70} ?:", line)
    # A short line alone is a title when it begins as one; "l'entreprise" may be the end of the line before.
    is_alone = begins_line and len(line.strip()) < 45 and not re.search(r"[.,;]$", line.strip())
    head = colon[0] if colon else line if is_alone else ""
    part = part_of(head)
    if part and (colon or (len(head.split()) <= 6 and not FRAME.search(head))):
        walk.part, walk.is_listing = part, False
        return len(head)
    if colon and FRAME.search(head):
        walk.part, walk.is_listing = "tasks", True
        return len(head)
    return 0


def part_of(head: str) -> str:
    """Return the part that a title opens, or nothing."""
    words = head.strip(" -•*\t")
    return next((name for name in ("out", "tasks", "profile") if words and PARTS[name].match(words)), "")


def is_capital(text: Text, start: int, end: int) -> bool:
    """Say whether a line is written in capitals in a text that is not."""
    line = text.original[text.places[start] : text.places[end]]
    is_said = len(line.split()) > 1 or (line.strip().isalpha() and len(line.strip()) >= LEAST_HEADING)
    return line.isupper() and len(line) < 90 and is_said and not text.original.isupper() and "," not in line


def sentences_of(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a line at full stops, and before a verb with a capital where the lines of a list were run together."""
    low = start
    for match in SENTENCE_END.finditer(text.folded, start, end):
        if match[0] == " " and not text.original[text.places[match.end()]].isupper():
            continue
        yield low, match.start()
        low = match.end()
    if text.folded[low:end].strip():
        yield low, end


def sentence_skills(
    text: Text, low: int, high: int, walk: Walk, *, is_item: bool
) -> Iterator[tuple[int, int]]:
    """Give the pieces of a sentence that tell a task or a skill."""
    sentence = text.folded[low:high]
    in_listing = False
    hides = [(low + m.start(), low + m.end()) for m in BRACKETS.finditer(sentence)]
    merged: tuple[int, int] | None = None
    for piece in pieces_of(text.folded, low, high, hides):
        words = text.folded[piece.start : piece.end]
        is_first = (is_item and piece.start - low < 3) or ":" in piece.separator
        begins = start_of(words, walk, in_listing=in_listing, is_item=is_first)
        if (
            merged
            and begins is not None
            and not ADDRESSED.match(words)
            and belongs(text.folded[merged[0] : merged[1]], piece.separator, words[begins:])
        ):
            merged = (merged[0], piece.end)
            continue
        if begins is None:
            # "nettoyer les sols, les vitres et les meubles": the parts of an enumeration stay with their verb.
            if merged and goes_on(words, piece.separator):
                merged = (merged[0], piece.end)
                continue
            if merged:
                yield merged
            merged, in_listing = None, in_listing and "," in piece.separator
            continue
        if merged:
            yield merged
        merged, in_listing = (piece.start + begins, piece.end), True
    if merged:
        yield merged


def pieces_of(folded: str, low: int, high: int, hides: list[tuple[int, int]]) -> Iterator[Piece]:
    """Cut a sentence at commas, "et" and the like, but not inside brackets."""
    place, separator = low, ""
    for match in SPLIT.finditer(folded, low, high):
        if any(start <= match.start() < end for start, end in hides):
            continue
        if folded[place : match.start()].strip():
            yield Piece(place, match.start(), separator)
        place, separator = match.end(), match[0]
    if folded[place:high].strip():
        yield Piece(place, high, separator)


def start_of(piece: str, walk: Walk, *, in_listing: bool, is_item: bool) -> int | None:
    """Return where in a piece the task begins, or None when it tells none."""
    lead = len(piece) - len(piece.lstrip(" \t-•*·>'\"«"))
    words = piece[lead:]
    article = ARTICLE.match(words)
    bare = words[article.end() :] if article else words
    offset = lead + (article.end() if article else 0)
    if walk.part == "out":
        return knowledge_of(piece) if KNOWLEDGE.match(bare) else framed(piece)
    if (found := framed(piece)) is not None:
        return found
    is_told = is_item or in_listing or walk.part == "tasks"
    if (is_told or walk.is_listing) and is_verb(words):
        return lead
    if (
        (verb := PLURAL.match(words))
        and not NO_TASK.match(verb["verb"])
        and (verb.start("verb") or in_listing or walk.part == "tasks")
    ):
        return lead + verb.start("verb")
    if (found := knowledge_of(piece)) is not None:
        return found
    if (is_told or walk.part == "profile") and NOUN.match(bare):
        return offset
    if is_told and VERB_EN.match(bare):
        return offset
    if (
        is_item
        and walk.part == "tasks"
        and walk.is_listing
        and len(words) > LEAST
        and not NO_ITEM.match(words)
    ):
        return offset
    return None


def framed(piece: str) -> int | None:
    """Return where the task begins behind "chargé de", "amené à", "vos missions consistent à"; or its verb."""
    for match in FRAME.finditer(piece):
        rest = piece[match.end() :].lstrip()
        skip = len(piece) - len(rest)
        article = ARTICLE.match(rest)
        bare = rest[article.end() :] if article else rest
        if is_verb(rest) or is_verb(bare) or NOUN.match(bare) or VERB_EN.match(bare):
            return skip + (article.end() if article and not is_verb(rest) else 0)
    return verb_of(piece)


def verb_of(piece: str) -> int | None:
    """Return where the verb stands in "tu conseilles", "vous gérez", "le technicien assure"."""
    if you := TU.search(piece) or YOU.search(piece):
        verb = you["verb"]
        is_other = NO_TASK.match(verb) or NO_TASK.match(verb.rstrip("s")) or TU_ARE.fullmatch(verb)
        return None if is_other else you.start("verb")
    who = WHO.search(piece)
    third = THIRD.search(piece, who.end()) if who else None
    return third.start() if third else None


def knowledge_of(piece: str) -> int | None:
    match = KNOWLEDGE.search(piece)
    return match.start() if match else None


def is_verb(words: str) -> bool:
    match = INFINITIVE.match(words)
    return bool(match) and not NO_INFINITIVE.match(words)


def belongs(before: str, separator: str, words: str) -> bool:
    """Say whether a piece shares its object with the one before: "nettoyer et ranger la salle", "pose et dépose"."""
    if separator.strip() not in {"et", "ou", ",", "/", "//", "&", "and"}:
        return False
    if KNOWLEDGE.match(before) and not (is_verb(words) or NOUN.match(words) or KNOWLEDGE.match(words)):
        return True
    last = re.split(r",| et | ou |/|&", before)[-1]
    if len(re.findall(r"[a-z]{2,}", last)) < 2:
        return True
    # "participer à la construction et au suivi du projet": two bare nouns share what follows.
    return separator.strip() == "et" and not is_verb(words) and bool(BARE_NOUN.search(last))


def goes_on(piece: str, separator: str) -> bool:
    """Say whether a piece is a further object of the verb before it."""
    if any(sign in separator for sign in ":;.!?\n"):
        return False
    return (
        not re.match(
            r" ?(?:vous|nous|tu|je|il|elle|qui|avec|le candidat|you|we|une? (?:experience|premiere))\b", piece
        )
        and len(piece) < 70
    )


def trimmed(folded: str, low: int, high: int) -> tuple[int, int]:
    """Take off what says why, where and with whom, brackets, and articles at the start."""
    words = folded[low:high]
    if match := AFTER.search(words, 8):
        words = words[: match.start()]
    if (bracket := words.find("(")) > 8:
        words = words[:bracket]
    for pattern in (ARTICLE, LIGHT):
        match = pattern.match(words)
        cut = match.end() if match and match.end() < len(words) - 3 else 0
        low, words = low + cut, words[cut:]
    lead = len(words) - len(words.lstrip(" -•*\t'\"«»"))
    words = words.rstrip(" -•*\t'\"«»/&")
    words = DANGLING.sub("", words.lstrip(" -•*\t'\"«»"))
    return low + lead, low + lead + len(words)


def is_kept(words: str) -> bool:
    if not LEAST <= len(words) <= MOST or len(words.split()) > MOST_WORDS:
        return False
    if ONE_VERB.fullmatch(words):
        return False
    other = ALWAYS if is_verb(words) else OTHER
    return not (CHARACTER.search(words) or other.search(words)) and bool(re.search(r"[a-z]{3}", words))
