"""How long a big feed takes to come in, and how much memory: one process for each format.

Writes a file of invented vacancies in each format, reads it with `visavis import_feed` in a process of its own,
and prints the seconds of processor and the highest resident memory of that process; then reads it again, unchanged.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

TOWNS = [("26000", "Valence"), ("07200", "Aubenas"), ("38000", "Grenoble"), ("69003", "Lyon"), ("13001", "Marseille"),
         ("59000", "Lille"), ("35000", "Rennes"), ("31000", "Toulouse"), ("67000", "Strasbourg")]  # fmt: skip
WORK = ["Boulanger", "Serveur", "Aide-soignant", "Maçon", "Comptable", "Cuisinier", "Vendeur", "Électricien",
        "Conducteur de car", "Agent d’entretien", "Infirmier", "Jardinier", "Soudeur", "Secrétaire"]  # fmt: skip
SENTENCE = (
    "Vous rejoignez une équipe de {n} personnes, à {town}, pour un travail soigné et varié, tous les jours. "
)


def vacancies(count: int) -> Iterator[dict[str, str]]:
    for n in range(count):
        postcode, town = TOWNS[n % len(TOWNS)]
        yield {
            "id": f"V{n:07d}",
            "title": f"{WORK[n % len(WORK)]} {n % 997}",
            "employer": f"Maison {n // 3}",
            "postcode": postcode,
            "town": town,
            "description": "".join(SENTENCE.format(n=n + part, town=town) for part in range(12)),
        }


def france_travail(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write('{"resultats": [')
        for place, one in enumerate(vacancies(count)):
            record = {
                "id": one["id"], "intitule": one["title"], "description": one["description"],
                "lieuTravail": {"codePostal": one["postcode"], "libelle": one["town"]},
                "entreprise": {"nom": one["employer"]}, "typeContrat": "CDI", "dureeTravailLibelle": "35H",
                "salaire": {"libelle": "Mensuel de 2000.0 Euros à 2500.0 Euros sur 12.0 mois"},
                "dateCreation": "2026-10-23T14:48:50Z", "competences": [{"libelle": "Travailler en équipe"}],
            }  # fmt: skip
            out.write(("," if place else "") + json.dumps(record, ensure_ascii=False))
        out.write("]}")


def job_posting(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write('{"@context": "https://schema.org", "@graph": [')
        for place, one in enumerate(vacancies(count)):
            address = {"postalCode": one["postcode"], "addressLocality": one["town"], "addressCountry": "FR"}
            record = {
                "@type": "JobPosting", "identifier": one["id"], "title": one["title"],
                "description": f"<p>{one['description']}</p>", "datePosted": "2026-10-23",
                "hiringOrganization": {"@type": "Organization", "name": one["employer"]},
                "jobLocation": {"@type": "Place", "address": address}, "employmentType": ["FULL_TIME", "CDI"],
                "baseSalary": {"currency": "EUR", "value": {"minValue": 2000, "maxValue": 2500, "unitText": "MONTH"}},
                "skills": "Travailler en équipe",
            }  # fmt: skip
            out.write(("," if place else "") + json.dumps(record, ensure_ascii=False))
        out.write("]}")


def position_opening(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<PositionOpenings xmlns="http://www.hr-xml.org/3">\n'
        )
        for one in vacancies(count):
            text = {name: escape(value) for name, value in one.items()}
            out.write(
                "<PositionOpening><DocumentID>{id}</DocumentID><PositionOpeningStatusCode>Active"
                "</PositionOpeningStatusCode><PositionProfile><PositionTitle>{title}</PositionTitle><PositionLocation>"
                "<Address><CityName>{town}</CityName><CountryCode>FR</CountryCode><PostalCode>{postcode}</PostalCode>"
                "</Address></PositionLocation><PositionOrganization><OrganizationIdentifiers><OrganizationName>{employer}"
                "</OrganizationName></OrganizationIdentifiers></PositionOrganization><PositionOfferingTypeCode>DirectHire"
                "</PositionOfferingTypeCode><PositionFormattedDescription><Content>{description}</Content>"
                "</PositionFormattedDescription><PositionScheduleTypeCode>FullTime</PositionScheduleTypeCode>"
                "</PositionProfile></PositionOpening>\n".format(**text)
            )
        out.write("</PositionOpenings>\n")


def table(file: Path, count: int) -> None:
    with file.open("w", encoding="cp1252", errors="replace", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(
            ["Référence", "Intitulé", "Entreprise", "Code postal", "Ville", "Description", "Contrat"]
        )
        for one in vacancies(count):
            writer.writerow(
                [
                    *(one[name] for name in ("id", "title", "employer", "postcode", "town", "description")),
                    "CDI",
                ]
            )


MAKERS: dict[str, Callable[[Path, int], None]] = {
    "france-travail": france_travail,
    "job-posting": job_posting,
    "position-opening": position_opening,
    "csv": table,
}
COLUMNS = ["id=Référence", "title=Intitulé", "employer=Entreprise", "postcode=Code postal", "town=Ville",
           "description=Description", "contract=Contrat"]  # fmt: skip


def manage(var: str, *words: str) -> tuple[float, float]:
    """Run one command; return its seconds of processor and its highest resident memory in MB."""
    environment = {**os.environ, "VISAVIS_VAR": var, "DJANGO_SETTINGS_MODULE": "visavis.config.settings"}
    process = subprocess.Popen(
        [sys.executable, "-m", "django", *words],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{words[0]} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--only", choices=sorted(MAKERS))
    asked = parser.parse_args()
    print(f"{asked.count} vacancies, {resource.getpagesize()} B pages\n")
    print(
        "| format | file, MB | first reading, CPU s | a second | highest memory, MB "
        "| again, CPU s | highest memory, MB |"
    )
    print("|---|---|---|---|---|---|---|")
    for name in [asked.only] if asked.only else MAKERS:
        with tempfile.TemporaryDirectory() as var:
            file = Path(var) / f"feed.{name}"
            MAKERS[name](file, asked.count)
            manage(var, "migrate")
            manage(var, "import_starter")
            words = ["import_feed", "--format", name, str(file)]
            if name == "csv":
                words += [part for column in COLUMNS for part in ("--column", column)]
            first, memory = manage(var, *words)
            second, memory_again = manage(var, *words)
            size = file.stat().st_size / 1e6
            print(
                f"| {name} | {size:.0f} | {first:.0f} | {asked.count / first:.0f} | {memory:.0f} "
                f"| {second:.0f} | {memory_again:.0f} |", flush=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()
