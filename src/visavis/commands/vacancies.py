"""visavis vacancies: read ads into the columns that match reads."""

import argparse
import datetime as dt
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import batched
from pathlib import Path
from textwrap import fill

import polars as pl

from visavis.catalog import starter
from visavis.commands import market_files, tables, vacancies_files, vacancies_rows
from visavis.commands.rome import read_starter
from visavis.commands.vacancies_files import Source
from visavis.engine.text.phrases import SkillPhrases
from visavis.engine.text.several import wordings
from visavis.engine.titles.index import TitleIndex
from visavis.engine.titles.jobs import JobsNamed
from visavis.vacancies import ads
from visavis.vacancies.ads import occupations as weighed

DESCRIPTION = Path(__file__).with_name("vacancies.txt").read_text(encoding="utf-8")
AT_ONCE = 500
LEAST_LIKE = 0.3
NAMED = 4


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "vacancies",
        help="read ads into the columns that match reads",
        description=DESCRIPTION,
        epilog=columns_said(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--in", dest="files", type=Path, nargs="+", required=True, metavar="FILE", help="files of ads"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")
    parser.add_argument(
        "--today",
        type=dt.date.fromisoformat,
        metavar="DATE",
        help="day the ads were published, where they do not say (today)",
    )


def columns_said() -> str:
    lines = [
        fill(
            f"{name:<20}{market_files.VACANCY_COLUMNS[name]}",
            96,
            initial_indent="  ",
            subsequent_indent=" " * 22,
        )
        for name in vacancies_rows.COLUMNS
    ]
    return "\n".join(["columns of --out:", *lines])


def run(args: argparse.Namespace) -> int:
    """Read, write, and say what was done; 1 and a sentence when a file cannot be used."""
    started = time.perf_counter()
    today = args.today or dt.date.today()  # noqa: DTZ011 - the terminal's own day
    try:
        tables.ending(args.out)
        for path in args.files:
            vacancies_files.check(path)
        number = tables.write_all(args.out, frames(args.files, today))
    except tables.FileRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stderr.write(f"{number} ads read in {time.perf_counter() - started:.1f} s, in {args.out}\n")
    return 0


def frames(paths: Sequence[Path], today: dt.date) -> Iterator[pl.DataFrame]:
    """Give the rows of all files, some hundred ads at a time; no ad at all is one empty frame."""
    sources = (source for path in paths for source in vacancies_files.ads_of(path, today))
    catalogue = Catalogue()
    none = True
    for some in batched(sources, AT_ONCE, strict=False):
        none = False
        yield pl.DataFrame(
            [
                vacancies_rows.row_of(one, found, codes, occupations)
                for one, found, codes, occupations in catalogue.read(some)
            ],
            schema=vacancies_rows.SCHEMA,
        )
    if none:
        yield pl.DataFrame(schema=vacancies_rows.SCHEMA)


class Catalogue:
    """The starter catalogue: which occupation a title names, and which skill a phrase."""

    def __init__(self) -> None:
        self.starter = starter.load()
        known = read_starter()
        self.titles = TitleIndex(known.labels, known.codes, weights=known.weights)
        self.jobs = JobsNamed(known.labels, known.codes, self.titles)
        self.skills = SkillPhrases(
            {one.code: (one.label_fr, one.label_en) for one in self.starter.skills if one.kind != "attitude"}
        )

    def read(self, sources: Sequence[Source]) -> Iterator[tuple[Source, ads.Facts, list[str], list[str]]]:
        """Read ads, and give each with the codes of its skills and its occupations, the foremost first."""
        titles = [source.title for source in sources]
        several = self.jobs.of(titles)
        for source, scores, jobs in zip(sources, self.scores(titles), several, strict=True):
            found = ads.read(
                title=source.title, text=source.text, fields=source.fields, today=source.published
            )
            own, named = self.starter.known(source.occupation), next(iter(scores), "")
            is_ours = own in self.starter.occupation
            kept = (weighed.named_instead(scores, own) or own) if is_ours else named
            codes = self.skills.codes_of([skill.words for skill in found.skills], usual=self.usual(kept))
            foremost = kept if is_ours else own or kept
            others = weighed.others(foremost, jobs) if foremost else ()
            yield source, found, codes, [foremost, *others]

    def scores(self, titles: Sequence[str]) -> list[dict[str, float]]:
        """Give each title the occupations it may name with scores, the best first."""
        said = [(place, words) for place, title in enumerate(titles) for words in wordings(title)]
        answers = self.titles.search([words for _place, words in said], top=NAMED)
        found: list[dict[str, float]] = [{} for _title in titles]
        for (place, _words), rows, scores in zip(
            said, answers.codes.tolist(), answers.scores.tolist(), strict=True
        ):
            for row, score in zip(rows, scores, strict=True):
                if row >= 0 and score >= LEAST_LIKE:
                    code = str(self.titles.codes[row])
                    found[place][code] = max(score, found[place].get(code, 0.0))
        return [dict(sorted(one.items(), key=lambda pair: -pair[1])) for one in found]

    def usual(self, occupation: str) -> set[str]:
        """Return the skills that an occupation asks for in the catalogue."""
        strengths = ("essential", "optional")
        return {code for one in strengths for code in self.starter.skills_of.get((occupation, one), ())}
