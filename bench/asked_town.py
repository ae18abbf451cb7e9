"""One town of `bench.asked`: filled, newcomers settled among its people, its nights made, its lists read.

    python -m bench.asked_town TOWN SEED FOLDER OUT [--data DIR] [--rome DIR] [--quick]

In a process of its own, with a database of its own in FOLDER; a town already filled there is used again. Only public
doors are used: rows, `save_answer`, `rank_everybody`, `Match.objects`. What was found is written to OUT as JSON, and
a line `done total` is printed at each step.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

DAY_QUICK, DAY = 25, 60
MONTHS = 36
# A town that is kept is opened again by the keys that sealed it; all in it is invented.
KEYS = {"VISAVIS_DATA_KEYS": "of-the-bench-" * 4, "VISAVIS_CONTACT_KEYS": "of-the-bench-too-" * 4}
# Headings of what she asked for: under her own words, and under another title.
ASKED = ("asked", "same")
SCORES = ("as served", "experts' weights", "what answers taught, used anyway")
MONTHS_OF_ADS = ("2024_10", "2025_05")


def main() -> None:
    """Fill and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("town", choices=["demo", "ads", "ads, ROME"])
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rome", type=Path)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    work = args.folder / f"at-work-{os.getpid()}"
    os.environ |= {
        "VISAVIS_VAR": str(work),
        "VISAVIS_DEMO": "yes",
        "VISAVIS_LOG_LEVEL": "ERROR",
        "DATABASE_URL": "",
        **KEYS,
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
    }
    work.mkdir()
    try:
        _measure(args, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _measure(args: argparse.Namespace, work: Path) -> None:
    import django  # noqa: PLC0415  (the folder is known only now)

    kept = args.folder / f"{args.town.replace(', ', '-')}-{args.seed}.sqlite3"
    if kept.exists():
        shutil.copy(kept, work / "visavis.sqlite3")
    django.setup()
    steps = Steps(args.quick)
    from django.core.management import call_command  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    if not kept.exists():
        _fill(args)
        _fold_in()
        shutil.copy(work / "visavis.sqlite3", kept)
    steps.done()
    args.out.write_text(json.dumps(Bench(args, steps).found()), encoding="utf-8")


def _fill(args: argparse.Namespace) -> None:
    """Fill the demo's town, as `visavis demo` does; of real ads, close what was invented and read their feed."""
    from django.core.management import call_command  # noqa: PLC0415  (as above)

    if args.town == "ads, ROME":
        call_command("import_starter", verbosity=0)
        call_command("import_rome", str(args.rome), verbosity=0, stdout=sys.stderr)
    call_command("fill_demo", seed=args.seed, stdout=sys.stderr)
    if args.town == "demo":
        return
    from visavis.vacancies.models import Vacancy  # noqa: PLC0415  (as above)

    Vacancy.objects.open().update(state=Vacancy.State.CLOSED)
    files = [str(args.data / f"offres_{month}.json") for month in MONTHS_OF_ADS]
    call_command("import_feed", *files, stdout=sys.stderr)


def _fold_in() -> None:
    """Have the database hold all in its one file."""
    from django.db import connection  # noqa: PLC0415  (as above)

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Steps:
    """Counts what is done, for a bar in the process that waits."""

    def __init__(self, quick: bool) -> None:
        self.count, self.total = 0, 13 if quick else 33

    def done(self) -> None:
        """Tell that one more is done."""
        self.count += 1
        print(self.count, self.total, flush=True)


class Bench:
    """A town with its newcomers, made into lists again and again."""

    def __init__(self, args: argparse.Namespace, steps: Steps) -> None:
        from bench import asked_people  # noqa: PLC0415  (Django is set up)

        self.args, self.steps = args, steps
        dice = np.random.default_rng((args.seed, 11))
        self.town = asked_people.Town(real=args.town != "demo")
        self.newcomers = asked_people.draw(self.town, dice)
        self.people = [settled(one) for one in self.newcomers]

    def found(self) -> dict[str, Any]:
        """Measure everything."""
        from visavis.matches.making import learning  # noqa: PLC0415  (as above)
        from visavis.matches.models import ScoreModel  # noqa: PLC0415  (as above)

        learning.learn(learning.answered())
        served = list(ScoreModel.objects.filter(is_used=True).values_list("pk", flat=True))
        used = {SCORES[0]: served, SCORES[1]: [], SCORES[2]: ScoreModel.objects.values_list("pk", flat=True)}
        people, hires, cost = [], [], []
        for name in SCORES:
            ScoreModel.objects.update(is_used=False)
            ScoreModel.objects.filter(pk__in=used[name]).update(is_used=True)
            if name != SCORES[0] and {*used[name]} == {*served}:
                continue
            spread, off = self._night(None), self._night(0.0)
            for way, made in ((name, spread), (f"{name}, not spread", off)):
                people += [self._person(*one, way, made.lists[one[1]]) for one in enumerate(self.people)]
            cost.append({"way": name, **self._cost(spread, off)})
            if name == SCORES[0] or not self.args.quick:
                hires.append(self._hires(name))
        ScoreModel.objects.update(is_used=False)
        ScoreModel.objects.filter(pk__in=served).update(is_used=True)
        people += self._by_day()
        return {"people": people, "hires": hires, "cost": cost, "is_learned": bool(served)}

    def _night(self, strength: float | None) -> Any:
        from bench import asked_lists  # noqa: PLC0415  (as above)
        from visavis.matches.making import ranking  # noqa: PLC0415  (as above)

        ranking.rank_everybody(strength=strength)
        self.steps.done()
        return asked_lists.served()

    def _cost(self, spread: Any, off: Any) -> dict[str, Any]:
        """Say what spreading costs newcomers and everybody, and how its limits were kept."""
        from bench.asked_lists import lost  # noqa: PLC0415  (as above)

        losses = {pk: lost(spread.lists[pk], plain) for pk, plain in off.lists.items()}
        empty = sum(bool(plain) and not spread.lists[pk] for pk, plain in off.lists.items())
        new = [losses[pk] for pk in self.people if pk in losses]
        kept = {"fullest": spread.fullest, "over": spread.over, "empty": empty}
        return {"new": new, "everybody": list(losses.values()), **kept}

    def _by_day(self) -> list[dict[str, Any]]:
        """Let newcomers come one after the other, by the site's questions; read each list once she has answered."""
        from bench import asked_lists  # noqa: PLC0415  (as above)

        self._night(None)
        dice = np.random.default_rng((self.args.seed, 12))
        most = DAY_QUICK if self.args.quick else DAY
        rows = []
        for place in sorted(dice.permutation(len(self.newcomers))[:most].tolist()):
            pk = _comes(self.newcomers[place])
            rows.append(self._person(place, pk, "as served, by day", asked_lists.lists_of(pk)[pk]))
        self.steps.done()
        return rows

    def _person(self, place: int, _pk: int, way: str, shown: list[Any]) -> dict[str, Any]:
        """Say of one newcomer's list what a table counts, with her first ten as they are labelled."""
        one = self.newcomers[place]
        is_absent = one.kind == "no opening"
        wanted = one.near if is_absent else one.asked
        hits = [self._is(seen.vacancy, one, near=is_absent) for seen in shown]
        n = min(len(wanted), 5)
        return {
            "way": way,
            "kind": one.kind,
            "said": one.words,
            "codes": one.wishes + one.done,
            "commune": one.commune,
            "radius_km": one.radius_km,
            "in_reach": len(wanted),
            "first": bool(hits and hits[0]),
            "among": min(sum(hits[:n]), n),
            "of": n,
            "first_rank": next((rank for rank, hit in enumerate(hits, start=1) if hit), None),
            "chance": float(np.mean([seen.chance for seen in shown[:5]])) if shown else 0.0,
            "beyond": sum(
                seen.vacancy not in one.within and seen.vacancy not in self.town.somewhere
                for seen in shown[:5]
            ),
            "under_asked": sum(seen.heading in ASKED for seen in shown),
            "by_codes": self._by_codes(one),
            "seen": [f"{seen.heading:8} {self._seen(seen.vacancy, one)}".strip() for seen in shown[:10]],
        }

    def _by_codes(self, one: Any) -> tuple[float, float]:
        """Return what an order by the openings' codes alone would find: first, and among the first min(n, 5).

        Those of her codes within reach stand first, in any order: the mean over all orders.
        """
        codes = {*one.wishes, *one.done}
        same = [self._is(pk, one, near=False) for pk in one.within if self.town.code[pk] in codes]
        n = min(len(one.asked), 5)
        part = sum(same) / len(same) if same else 0.0
        return part, min(n, len(same)) * part

    def _is(self, pk: int, one: Any, *, near: bool) -> bool:
        """Say whether an opening is what she looks for, and not known to lie beyond what she can reach."""
        label = self.town.label[pk]
        is_there = pk in one.within or pk in self.town.somewhere
        return is_there and bool((label.near if near else label.occupations) & {*one.wishes, *one.done})

    def _seen(self, pk: int, one: Any) -> str:
        from visavis.vacancies.models import Vacancy  # noqa: PLC0415  (as above)

        row = Vacancy.objects.select_related("commune").get(pk=pk)
        kind = "=" if self._is(pk, one, near=False) else "~" if self._is(pk, one, near=True) else " "
        reach = "" if pk in one.within or pk in self.town.somewhere else " (beyond)"
        return f"{kind} {row.title} · {row.commune.name if row.commune else '?'}{reach}"

    def _hires(self, name: str) -> dict[str, Any]:
        from bench import asked_hires  # noqa: PLC0415  (as above)

        rounds = 2 if self.args.quick else 4
        found = {
            way: asked_hires.lived(strength, rounds, self.args.seed, self.steps.done)
            for way, strength in (("spread", None), ("plain", 0.0))
        }
        return {"way": name, **found}


def settled(one: Any) -> int:
    """Settle a newcomer among the people whose lists the night makes."""
    from visavis.jobseekers.models import Experience, Jobseeker, WantedOccupation  # noqa: PLC0415  (as above)
    from visavis.people.models import User  # noqa: PLC0415  (as above)

    user = User.objects.create_user("Somebody new")
    row = Jobseeker.objects.create(user=user, commune_id=one.commune, radius_km=one.radius_km)
    for position, (code, typed) in enumerate(zip(one.wishes, one.words, strict=False), start=1):
        WantedOccupation.objects.create(jobseeker=row, occupation_id=code, typed=typed, position=position)
    for code, title in zip(one.done, one.words, strict=False):
        Experience.objects.create(jobseeker=row, title=title, occupation_id=code, months=MONTHS)
    return row.pk


def _comes(one: Any) -> int:
    """Let somebody sign up and answer, as the pages do; return her number."""
    from visavis.catalog.models import Commune  # noqa: PLC0415  (as above)
    from visavis.jobseekers import questions, services  # noqa: PLC0415  (as above)
    from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415  (as above)
    from visavis.people.models import User  # noqa: PLC0415  (as above)

    user = User.objects.create_user("Somebody new")
    row = Jobseeker(user=user)
    for slug, data in _answers(one, Commune.objects.get(pk=one.commune)):
        row = services.save_answer(jobseeker=row, question=questions.BY_SLUG[slug], data=data, by=user)
    for code, title in zip(one.done, one.words, strict=False):
        job = dict.fromkeys(("start_month", "start_year", "end_month", "end_year", "months", "employer"))
        job |= {"title": title, "occupation": code, "is_current": False, "years": MONTHS // 12}
        services.save_job(jobseeker=row, job=None, data=job, by=user)
    return row.pk


def _answers(one: Any, commune: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "place", {"commune": commune}
    if one.radius_km:
        yield "reach", {"unit": "km", "distance": one.radius_km, "transport": ""}
    if one.wishes:
        said = zip(one.wishes, one.words, strict=True)
        yield "wanted", {"wishes": [{"typed": typed, "occupation": code} for code, typed in said]}


if __name__ == "__main__":
    main()
