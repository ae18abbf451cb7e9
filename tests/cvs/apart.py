"""CVs set apart: written after the rules of reading, to say how layouts are read that nobody had in mind.

Their first reading is in bench/README.md. The rules were then mended for what FIRST had shown; nothing was
tuned on SECOND, written after that.
"""

from collections.abc import Callable

from tests.cvs.making import PAGE, Made, pdf, q
from tests.cvs.truth import Cv, Job, Spoken, Study, in_years

BAKER = Cv(
    "karim", "fr", "Karim Haddad", "k.haddad@example.org", "06 20 30 40 50", "31 rue Nationale", "37000", "Tours",
    "Né le 12 mai 1987", "Boulanger", "",
    (
        Job("Ouvrier boulanger", "Maison Lefort", "Tours", (2017, 9)),
        Job("Boulanger", "Super U", "Joué-lès-Tours", (2012, 1), (2017, 8)),
        Job("Apprenti boulanger", "Au Bon Pain", "Blois", (2005, 9), (2007, 6)),
    ),
    (Study("BP Boulanger", "CFA de Tours", 4, 2009), Study("CAP Boulanger", "CFA de Blois", 3, 2007)),
    {"Pétrir une pâte": "S0126", "Four à sole": ""},
    (Spoken("ar", "arabe", "courant", 5), Spoken("en", "anglais", "A2", 2)), ("B",), "Permis B",
)  # fmt: skip
BAKER_TEXT = """Karim Haddad                                31 rue Nationale
Boulanger                                   37000 Tours
Permis B                                    06 20 30 40 50
Né le 12 mai 1987                           k.haddad@example.org

~ Mes expériences ~

* Ouvrier boulanger / Maison Lefort, à Tours
  CDI depuis le 01/09/2017
* Boulanger / Super U de Joué-lès-Tours
  CDI du 02/01/2012 au 31/08/2017
* Apprenti boulanger / Au Bon Pain, Blois
  sept. 2005 > juin 2007

~ Mes diplômes ~

* BP Boulanger (2009), CFA de Tours
* CAP Boulanger (2007), CFA de Blois

~ Ce que je sais faire ~

Pétrir une pâte, Four à sole

~ Mes langues ~

arabe (courant) + anglais (A2)
"""
CLERK = Cv(
    "ines", "fr", "Inès Carvalho", "ines.carvalho@example.org", "07.44.55.66.77",
    "5 allée du Parc", "31000", "Toulouse",
    "", "Comptable", "Comptable en cabinet puis en entreprise, je cherche un poste proche de mon domicile.",
    (
        Job("Comptable fournisseurs", "Airsud Maintenance", "Blagnac", (2019, 4)),
        Job("Assistante comptable", "Cabinet Ferran", "Toulouse", (2014, 10), (2019, 3)),
    ),
    (Study("DCG", "Lycée Ozenne", 6, 2014), Study("BTS Comptabilité et gestion", "Lycée Ozenne", 5, 2012)),
    {"Utiliser un logiciel de comptabilité": "S0300"},
    (Spoken("pt", "Portugais", "bilingue", 6), Spoken("en", "Anglais", "B2", 4)),
)  # fmt: skip
NURSE = Cv(
    "grace", "en", "Grace Okafor", "grace.okafor@example.com", "+33 6 99 88 77 66",
    "2 rue du Port", "17000", "La Rochelle",
    "", "Registered nurse", "",
    (
        Job("Staff Nurse", "St Thomas Hospital", "London", (2018, 0)),
        Job("Healthcare Assistant", "Oak Lodge Care Home", "Croydon", (2014, 0), (2017, 0)),
    ),
    (Study("BSc Nursing", "King's College London", 6, 2018),),
    {}, (Spoken("en", "English", "native", 6), Spoken("fr", "French", "B1", 3)), ("B",), "Full clean driving licence",
)  # fmt: skip
NURSE_TEXT = """GRACE OKAFOR, Registered nurse
2 rue du Port, 17000 La Rochelle. +33 6 99 88 77 66. grace.okafor@example.com

CAREER SUMMARY
2018 to present
Staff Nurse
St Thomas Hospital, London
I look after twelve patients on a busy surgical ward and mentor students.

2014 to 2017
Healthcare Assistant
Oak Lodge Care Home, Croydon
Personal care, meals and activities.

QUALIFICATIONS
2018
BSc Nursing
King's College London

LANGUAGES
English - native. French - B1.

OTHER
Full clean driving licence
"""
PLUMBER = Cv(
    "luca", "fr", "Luca Ferrero", "luca.ferrero@example.org", "06 87 65 43 21", "8 avenue Foch", "06000", "Nice",
    "", "Plombier chauffagiste", "",
    (
        Job("Plombier chauffagiste", "Azur Thermique", "Nice", (2020, 2)),
        Job("Plombier", "Entreprise Rossi", "Menton", (2011, 6), (2019, 12)),
        Job("Manœuvre", "Randstad", "Nice", (2010, 0), (2011, 0)),
    ),
    (Study("CAP Installateur thermique", "Lycée Les Eucalyptus", 3, 2010),),
    {"Installer une pompe à chaleur": "S0180"},
    (Spoken("it", "Italien", "langue maternelle", 6), Spoken("fr", "Français", "C1", 5)), ("B", "caces_other"),
    "Permis B ; CACES R486 A",
)  # fmt: skip
TEACHER = Cv(
    "julie", "fr", "Julie Nguyen", "julie.nguyen@example.org", "06 55 44 33 22",
    "19 quai Perrache", "69002", "Lyon",
    "34 ans", "Formatrice pour adultes", "",
    (
        Job("Formatrice FLE", "GRETA de Lyon", "Lyon", (2018, 9)),
        Job("Professeure de français", "Alliance française", "Hanoï", (2013, 2), (2018, 6)),
        Job("Assistante d’éducation", "Collège Jean Moulin", "Lyon", (2011, 9), (2012, 7)),
    ),
    (Study("Master 2 FLE", "Université Lyon 2", 7, 2013),
     Study("Licence de lettres modernes", "Université Lyon 3", 6, 2011)),
    {}, (Spoken("vi", "Vietnamien", "courant", 5), Spoken("en", "Anglais", "C1", 5)), ("B",), "Permis B",
)  # fmt: skip


def clerk() -> bytes:
    """Round boxes, a coloured column at the right, dates as a small line under each employer."""
    cv = CLERK
    jobs = "".join(
        f"#text(fill: blue)[{q(job.employer.upper())}], {q(job.town)} \\\n_{q(when)}_ \\\n*{q(job.title)}*\n\n"
        for job, when in zip(cv.jobs, ("avril 2019 - à ce jour", "oct 2014 à mars 2019"), strict=True)
    )
    studies = "".join(f"*{q(one.name)}* \\\n{q(one.school)} \\\n{one.year}\n\n" for one in cv.studies)
    spoken = "".join(f"{q(one.name)} \\\n{q(one.said)}\n\n" for one in cv.spoken)
    main = f"#text(14pt)[Parcours]\n\n{jobs}#text(14pt)[Diplômes]\n\n{studies}"
    skill = q(next(iter(cv.skills)))
    side = f"*À PROPOS*\n\n{q(cv.about)}\n\n*LOGICIELS*\n\n{skill}\n\n*LANGUES*\n\n{spoken}*ME CONTACTER*\n\n"
    side += "".join(f"{q(line)}\n\n" for line in (cv.phone, cv.email, cv.street, f"{cv.postcode} {cv.town}"))
    box = f"box(fill: rgb(230, 240, 250), inset: 10pt, radius: 6pt)[{side}]"
    return pdf(f"{PAGE}= {cv.name}\n{cv.wanted}\n\n#grid(columns: (1fr, 7cm), gutter: 14pt, [{main}], {box})")


def plumber() -> bytes:
    """A ruled table with a row of titles above."""
    cv = PLUMBER
    whens = ("02/2020 - maintenant", "06/2011 - 12/2019", "2010 - 2011")
    rows = "".join(
        f"[{q(when)}], [{q(job.title)}], [{q(job.employer)}], [{q(job.town)}],\n"
        for job, when in zip(cv.jobs, whens, strict=True)
    )
    return pdf(
        f"{PAGE}#align(center)[*{cv.name}* \\ {q(cv.street)}, {cv.postcode} {cv.town} \\ "
        f"{cv.phone} – {q(cv.email)}]\n\n"
        f"#align(center)[{q(cv.wanted.upper())}]\n\n*EXPÉRIENCES*\n\n"
        "#table(columns: 4, [*Période*], [*Poste*], [*Entreprise*], [*Lieu*],\n"
        f"{rows})\n\n*FORMATION ET PERMIS*\n\n"
        f"{q(cv.studies[0].name)}, {q(cv.studies[0].school)}, {cv.studies[0].year}\n\n{q(cv.licence_words)}\n\n"
        f"*COMPÉTENCES ET LANGUES*\n\n{q(next(iter(cv.skills)))}\n\nItalien langue maternelle, français C1\n"
    )


def teacher() -> bytes:
    """A line of time at the left: years in large figures, the rest at their right."""
    cv = TEACHER
    whens = ("2018 → …", "2013 → 2018", "2011 → 2012")
    jobs = "".join(
        f"#grid(columns: (3cm, 1fr), text(14pt)[{q(when)}], "
        f"[*{q(job.title)}* ({q(f'{job.employer}, {job.town}')})])\n\n"
        for job, when in zip(cv.jobs, whens, strict=True)
    )
    studies = "".join(
        f"#grid(columns: (3cm, 1fr), text(14pt)[{one.year}], [*{q(one.name)}*, {q(one.school)}])\n\n"
        for one in cv.studies
    )
    return pdf(
        f"{PAGE}#text(22pt)[{cv.name}] #h(1fr) {q(cv.email)}\n\n{q(cv.wanted)} #h(1fr) {cv.phone}\n\n"
        f"34 ans, permis B #h(1fr) {q(cv.street)}, {cv.postcode} {cv.town}\n\n"
        f"== 1. Expérience professionnelle\n\n{jobs}"
        f"== 2. Études\n\n{studies}== 3. Langues\n\nVietnamien : courant — Anglais : C1\n"
    )


def text(words: str) -> Callable[[], bytes]:
    return lambda: words.encode()


FIRST = (
    Made("apart, text", BAKER, text(BAKER_TEXT)),
    Made("apart, text", NURSE, text(NURSE_TEXT)),
    Made("apart, PDF with a coloured column", CLERK, clerk),
    Made("apart, PDF with a ruled table", PLUMBER, plumber),
    Made("apart, PDF with a line of time", in_years(TEACHER), teacher),
)

DRIVER = Cv(
    "didier", "fr", "Didier Lacombe", "d.lacombe@example.org", "06 31 41 51 61", "Le Bourg", "24000", "Périgueux",
    "", "Chauffeur", "",
    (
        Job("Chauffeur poids lourd", "Transports Faure", "Périgueux", (2010, 3)),
        Job("Chauffeur livreur", "Chronopost", "Bergerac", (2004, 0), (2010, 0)),
        Job("Ouvrier agricole", "GAEC des Chênes", "Ribérac", (1999, 0), (2003, 0)),
    ),
    (Study("BEPA", "Lycée agricole de Périgueux", 3, 1998),),
    {}, (Spoken("en", "anglais", "notions", 1),), ("B", "C", "CE", "fimo"), "Permis B, C et CE, FIMO à jour",
)  # fmt: skip
DRIVER_TEXT = """Didier Lacombe, Le Bourg, 24000 Périgueux
06 31 41 51 61 / d.lacombe@example.org

Chauffeur PL avec 20 ans de route

Permis B, C et CE, FIMO à jour

Depuis mars 2010, je suis chauffeur poids lourd aux Transports Faure (Périgueux).
De 2004 à 2010 : chauffeur livreur chez Chronopost à Bergerac.
De 1999 à 2003 : ouvrier agricole au GAEC des Chênes (Ribérac).

BEPA obtenu en 1998 au lycée agricole de Périgueux.
Notions d'anglais.
"""
RECEPTION = Cv(
    "sofia", "en", "Sofia Marin", "sofia.marin@example.com", "+33 7 12 21 12 21", "4 rue Haute", "51100", "Reims",
    "", "Hotel receptionist", "",
    (
        Job("Front desk receptionist", "Hotel Regent", "Reims", (2022, 5)),
        Job("Night auditor", "Best Western Centre", "Reims", (2020, 1), (2022, 4)),
        Job("Waitress", "Pizzeria Roma", "Bucharest", (2016, 6), (2019, 8)),
    ),
    (Study("Bachelor in Tourism", "University of Bucharest", 6, 2019),),
    {"Manage bookings": "S0204"},
    (Spoken("ro", "Romanian", "native", 6), Spoken("en", "English", "C1", 5), Spoken("fr", "French", "B2", 4)),
)  # fmt: skip
RECEPTION_TEXT = """# Sofia Marin

4 rue Haute, 51100 Reims · +33 7 12 21 12 21 · sofia.marin@example.com

## Work experience

**Front desk receptionist** | Hotel Regent, Reims | 05/2022 - now
- Manage bookings
- Handle complaints from guests

**Night auditor** | Best Western Centre, Reims | 01/2020 - 04/2022

**Waitress** | Pizzeria Roma, Bucharest | 06/2016 - 08/2019

## Education

**Bachelor in Tourism** | University of Bucharest | 2016 - 2019

## Languages

- Romanian (native)
- English (C1)
- French (B2)
"""
CARER = Cv(
    "nadege", "fr", "Nadège Etienne", "nadege.etienne@example.org", "06 90 12 34 56",
    "12 cité des Fleurs", "97110", "Pointe-à-Pitre",
    "", "Auxiliaire de puériculture", "Auprès des tout-petits depuis douze ans, je cherche une crèche à taille "
        "humaine.",
    (
        Job("Auxiliaire de puériculture", "Crèche Les Colibris", "Les Abymes", (2015, 1)),
        Job("Agent de crèche", "Mairie de Pointe-à-Pitre", "Pointe-à-Pitre", (2012, 9), (2014, 12)),
    ),
    (Study("Diplôme d’État d’auxiliaire de puériculture", "IFAP de Guadeloupe", None, 2014),
     Study("Bac pro ASSP", "Lycée Chevalier de Saint-Georges", 4, 2012)),
    {}, (Spoken("fr", "Français", "langue maternelle", 6), Spoken("en", "Anglais", "scolaire", 2)), ("B",), "Permis B",
)  # fmt: skip
WELDER = Cv(
    "mehdi", "fr", "Mehdi Saïdi", "mehdi.saidi@example.org", "07 60 50 40 30",
    "77 rue du Chantier", "44600", "Saint-Nazaire",
    "", "Soudeur TIG", "",
    (
        Job("Soudeur TIG", "Chantiers de l’Atlantique", "Saint-Nazaire", (2021, 9)),
        Job("Soudeur", "Start People", "Nantes", (2018, 2), (2021, 8)),
        Job("Agent de production", "Airbus", "Montoir", (2016, 10), (2017, 12)),
    ),
    (Study("Titre professionnel Soudeur TIG électrode enrobée", "AFPA", None, 2018),
     Study("CAP Chaudronnerie", "Lycée Brossaud", 3, 2016)),
    {"Meuler et ébavurer": "S0228"}, (Spoken("ar", "Arabe", "courant", 5),), ("B", "caces_other"),
    "Permis B, CACES nacelle R486",
)  # fmt: skip


def carer() -> bytes:
    """Pastel, centred headings between rules, dates in brackets after the employer, everything centred."""
    cv = CARER
    jobs = "".join(
        f"*{q(job.title)}* \\ {q(job.employer)}, {q(job.town)} ({q(when)})\n\n"
        for job, when in zip(cv.jobs, ("depuis janvier 2015", "09/2012 - 12/2014"), strict=True)
    )
    studies = "".join(f"{q(one.name)} ({one.year}) \\ {q(one.school)}\n\n" for one in cv.studies)
    rule = "#line(length: 100%)\n"
    return pdf(
        f"{PAGE}#set align(center)\n#text(24pt)[{cv.name}]\n\n{cv.street} – {cv.postcode} {cv.town} – {cv.phone}\n\n"
        f"{q(cv.email)}\n\n"
        f"_{q(cv.about)}_\n\n{rule}#text(13pt)[Mon parcours]\n\n{jobs}{rule}#text(13pt)[Mes diplômes]\n\n"
        f"{studies}"
        f"{rule}#text(13pt)[Et aussi]\n\nPermis B. Français langue maternelle, anglais scolaire.\n"
    )


def welder() -> bytes:
    """Three columns at the foot, jobs above with the months in full and the employer first."""
    cv = WELDER
    whens = ("septembre 2021 à ce jour", "février 2018 – août 2021", "octobre 2016 – décembre 2017")
    jobs = "".join(
        f"#grid(columns: (1fr, 6cm), [*{q(job.employer)}* – {q(job.town)}], align(right)[{q(when)}])\n\n"
        f"{q(job.title)}\n\n"
        for job, when in zip(cv.jobs, whens, strict=True)
    )
    studies = "".join(f"{q(one.name)}, {one.school}, {one.year}\n\n" for one in cv.studies)
    return pdf(
        f"{PAGE}#text(20pt)[{cv.name}] \\ {q(cv.wanted)} \\ {cv.street}, {cv.postcode} {cv.town} \\ "
        f"{cv.phone} \\ {q(cv.email)}\n\n"
        f"*EXPÉRIENCES*\n\n{jobs}#grid(columns: (1fr, 1fr, 1fr), gutter: 12pt, [*FORMATION*\n\n{studies}], "
        f"[*COMPÉTENCES*\n\n{q(next(iter(cv.skills)))}], [*DIVERS*\n\n{q(cv.licence_words)}\n\n"
        "Arabe courant])\n"
    )


SECOND = (
    Made("apart 2, text without headings", DRIVER, text(DRIVER_TEXT)),
    Made("apart 2, text in Markdown", RECEPTION, text(RECEPTION_TEXT)),
    Made("apart 2, PDF all centred", CARER, carer),
    Made("apart 2, PDF with three columns", WELDER, welder),
)
APART = FIRST + SECOND
