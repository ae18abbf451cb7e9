"""The same job from two sources is one; two positions that only look alike are two."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from visavis.vacancies.feeds import duplicates
from visavis.vacancies.feeds.duplicates import OURS, Job, same_job, settle

TEXT = (
    "Au sein d’une équipe de quatre personnes, vous préparez les pâtes, façonnez les pains et surveillez la cuisson. "
    "Vous tenez le four propre, vous accueillez les apprentis et vous respectez les règles d’hygiène du fournil. "
    "Le magasin ouvre du mardi au samedi ; la première fournée part à cinq heures, deux dimanches sur quatre sont "
    "libres. Mutuelle, repas et treizième mois. Envoyez quelques lignes sur vous, sans lettre ni photographie."
)
OTHER = (
    " Vous pilotez le laboratoire de recherche sur les levains, les farines anciennes et leurs enzymes, rédigez "
    "les protocoles, encadrez deux techniciens et présentez vos résultats aux meuniers de toute la région, au "
    "printemps comme à l’automne, avec des voyages à l’étranger et un véhicule de service toute l’année."
)
JOB = Job(1, 1, "", "Boulanger / Boulangère (H/F)", TEXT, "D1102", "permanent", None, (35.0, 35.0), (13.0, 14.0),
          None, dt.date(2026, 11, 1))  # fmt: skip


def other(**changes: Any) -> Job:
    return replace(JOB, pk=2, source=2, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "BOULANGER H/F"},
        {"title": "Boulanger·ère"},
        {"description": TEXT[:260] + "…"},
        {"description": TEXT.upper() + " Postulez sur notre site, référence 12."},
        {"contract": "", "hours": (None, None), "pay": (None, None)},
        {"pay": (13.2, 15.0)},
        {"siret": "12345678900012"},
        {"published_on": dt.date(2026, 11, 20)},
        {"title": "Boulanger en magasin"},
    ],
    ids=lambda changes: ", ".join(changes) or "equal",
)
def test_the_same_job_is_recognised_however_each_source_writes_it(changes: dict[str, Any]) -> None:
    assert same_job(JOB, other(**changes)) > 0


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Pâtissier"},
        {"title": "Boulanger de nuit"},
        {"title": "Apprenti boulanger"},
        {"title": "Chef boulanger"},
        {"title": "Boulanger 2"},
        {"title": "Boulanger rayon fruits", "occupation": "D1106"},
        {"title": "Vendeur boulanger", "description": TEXT[:200] + " Vous tenez la caisse, debout."},
        {"hours": (20.0, 20.0)},
        {"hours": (None, None), "description": TEXT + " Contrat de 20 heures par semaine."},
        {"contract": "fixed_term"},
        {"pay": (18.0, 20.0)},
        {"published_on": dt.date(2026, 7, 1)},
        {"description": OTHER[:90]},
        {"description": TEXT[:160] + OTHER},
        {"title": "Boulanger en magasin", "description": TEXT[:300] + OTHER[:200]},
        {"description": ""},
        {"description": "", "hours": (None, None)},
        {"source": 1},
    ],
    ids=lambda changes: ", ".join(f"{name} {str(value)[:20]}" for name, value in changes.items()),
)
def test_two_positions_of_one_employer_stay_two(changes: dict[str, Any]) -> None:
    if changes == {"description": ""}:
        changes = {"description": "", "contract": ""}
    assert same_job(JOB, replace(JOB, **{"pk": 2, "source": 2, **changes})) == 0


def test_sirets_rayons_and_starts_tell_jobs_apart_and_a_legal_form_no_employers() -> None:
    assert same_job(replace(JOB, siret="1"), other(siret="2")) == 0
    starts = dt.date(2027, 1, 4)
    assert same_job(replace(JOB, starts_on=starts), other(starts_on=starts + dt.timedelta(60))) == 0
    fruits = replace(JOB, title="Vendeur fruits et légumes", description=TEXT + " Rayon fruits.")
    assert same_job(fruits, other(title="Vendeur poissonnerie", description=TEXT + " Rayon poisson.")) == 0
    assert duplicates.employer_key("S.A.R.L. Au Bon Pain") == duplicates.employer_key("au bon pain")
    assert duplicates.employer_key("AU BON PAIN SAS") == duplicates.employer_key("Au Bon-Pain")
    assert duplicates.employer_key("SA") == duplicates.employer_key("S.A.")


def test_ours_is_shown_first_and_what_one_source_tells_apart_stays_apart() -> None:
    jobs = [replace(JOB, pk=5), replace(JOB, pk=3, source=2), replace(JOB, pk=9, source=OURS)]
    assert settle(jobs) == {9: None, 3: 9, 5: 9}
    assert settle(jobs[:2]) == {3: None, 5: 3}
    jobs = [replace(JOB, pk=n, source=1 + n % 2) for n in range(6)]
    found = settle(jobs)
    assert sorted(value for value in found.values() if value is not None) == [0, 2, 4]
    assert sum(value is None for value in found.values()) == 3
    jobs = [replace(JOB, pk=n, source=1 + n % 3, title=f"Boulanger {n % 2}") for n in range(12)]
    assert settle(jobs) == settle(jobs[::-1])
    jobs = [replace(JOB, pk=n, source=1 + n % 2, description=f"{TEXT} {n % 7}") for n in range(6_000)]
    found = settle(jobs)
    assert sum(value is not None for value in found.values()) > 2_000
