"""visavis audit: what a run gives to groups of people, the gaps between them, and what closing one costs."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from textwrap import fill

import numpy as np
import polars as pl
from scipy.special import expit

from visavis.commands import audit_files, audit_plot, market_files, tables
from visavis.commands.audit_words import LANGUAGES, Speaker
from visavis.common import progress
from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.fairness import gaps
from visavis.engine.fairness.closing import Closing, TwoGroups, close_exposure_gap, close_mean_gap
from visavis.engine.fairness.outcomes import MORE_IS_WORSE, OTHERS, Comparison, Run, compare, shown_groups

CLOSABLE = ("exposure", "pay", "distance")
OUT_COLUMNS = market_files.columns("audit")


@dataclass(frozen=True)
class Audit:
    """What was read: the run, what people got, and the strata they are compared within."""

    people: audit_files.People
    run: Run
    vacancies: list[str]
    worth: audit_files.Worth | None
    measures: dict[str, FloatArray]
    stratum: IntArray | None


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "audit",
        help="the gaps between groups of people in what a run proposes",
        description="Compares what groups of people got from visavis match: each with all the others, or the "
        "two with each other. Of fewer than 10 people nothing is shown. Every column of --jobseekers can be "
        "a group or a stratum; an empty cell is unknown and stands apart.",
        epilog=columns_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--matches", type=Path, required=True, metavar="FILE", help="as visavis match wrote it")
    add("--jobseekers", type=Path, required=True, metavar="FILE", help="everybody, even without a match")
    add("--group", action="append", required=True, metavar="COLUMN", help="sex, age… may be repeated")
    add("--vacancies", type=Path, nargs="+", default=[], metavar="FILE", help="for pay and distance")
    add("--strata", nargs="+", default=[], metavar="COLUMN", help="compare people alike in all of these")
    add("--bands", action="append", default=[], metavar="COLUMN=N,N", help="cut numbers: age=25,50")
    add("--relevant", type=Path, metavar="FILE", help="hires or introductions, for recall and first rank")
    add("--top", type=int, metavar="N", help="count only the first N of each list (all)")
    add(
        "--margin",
        type=float,
        default=0.05,
        metavar="SHARE",
        help="of the mean; a gap under it is small (.05)",
    )
    add("--language", choices=sorted(LANGUAGES), default="en", help="of sentences (en)")
    add("--out", type=Path, required=True, metavar="FILE", help="JSON, CSV or Parquet by its name")
    add("--plot", type=Path, metavar="FILE.svg", help="draw the gaps")
    add("--close", choices=CLOSABLE, metavar="MEASURE", help=f"close this gap: {', '.join(CLOSABLE)}")
    add("--cut", type=int, default=20, metavar="N", help="with --close, places in the new lists (20)")
    add("--closed", type=Path, metavar="FILE", help="with --close, the new lists")


def columns_help() -> str:
    """Document the columns, in and out."""
    parts = ["columns of --matches:", *(f"  {name}" for name in audit_files.MATCH_COLUMNS)]
    parts += ["", "columns of --relevant:", *(f"  {name}" for name in audit_files.PAIR_COLUMNS)]
    parts += [
        "",
        "columns of --jobseekers: see visavis match --help. Read another way for groups and strata:",
    ]
    parts += [_line(name, text) for name, text in audit_files.DERIVED.items()]
    parts += ["", "columns of --out:"]
    parts += [_line(name, text) for name, text in OUT_COLUMNS.items()]
    parts += ["", "columns of --closed: jobseeker_id, vacancy_id, rank and score, in the order of --matches."]
    parts += [
        fill(
            "rank is the place in the jobseeker's list for pay and distance, before the vacancy for exposure; "
            "score stays that of --matches. Match with --top 40 to cut to 20.",
            96,
        )
    ]
    return "\n".join(parts)


def _line(name: str, text: str) -> str:
    return fill(f"{name:<20}{text}", 96, initial_indent="  ", subsequent_indent=" " * 22)


def run(args: argparse.Namespace) -> int:
    """Audit and say what was found; 1, or 2 for an option, with a sentence when it cannot be done."""
    wrong = _wrong_options(args)
    if wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    report = market_files.Report()
    try:
        _run(args, report)
    except tables.FileRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    for line in report.text_lines():
        sys.stderr.write(f"  {line}\n")
    sys.stderr.write(f"Written: {', '.join(str(path) for path in _outputs(args))}\n")
    return 0


def _outputs(args: argparse.Namespace) -> list[Path]:
    return [path for path in (args.out, args.plot, args.closed) if path]


def _wrong_options(args: argparse.Namespace) -> str:
    if args.top is not None and args.top < 1:
        return "--top must be at least 1."
    if not 0 <= args.margin <= 1:
        return "--margin must be between 0 and 1."
    if args.cut < 1:
        return "--cut must be at least 1."
    if bool(args.close) != bool(args.closed):
        return "--close and --closed go together: which gap, and the file of the new lists."
    if args.close and len(args.group) > 1:
        return "--close needs one --group only."
    if args.close in {"pay", "distance"} and not args.vacancies:
        return f"--close {args.close} needs --vacancies."
    if args.plot and args.plot.suffix.lower() != ".svg":
        return f"{args.plot}: the name of the plot must end in .svg."
    read = {
        path.resolve() for path in (args.matches, args.jobseekers, *args.vacancies, args.relevant) if path
    }
    written = [path.resolve() for path in _outputs(args)]
    if read & set(written) or len(set(written)) < len(written):
        return "A file to write has the name of another file. Give it another name."
    return _wrong_bands(args.bands)


def _wrong_bands(bands: Sequence[str]) -> str:
    for text in bands:
        try:
            _column, cuts = _cuts(text)
        except ValueError:
            return f"--bands {text}: write COLUMN=N,N, like age=25,50."
        if not cuts or not np.isfinite(cuts).all() or sorted(set(cuts)) != cuts:
            return f"--bands {text}: the numbers must rise."
    return ""


def _cuts(text: str) -> tuple[str, list[float]]:
    column, _equals, numbers = text.partition("=")
    return column, [float(number) for number in numbers.split(",")]


def _run(args: argparse.Namespace, report: market_files.Report) -> None:
    for path in (args.out, args.closed):
        if path:
            tables.ending(path)
    people = audit_files.read_people(args.jobseekers, report)
    cuts = dict(_cuts(text) for text in args.bands)
    columns = {
        name: audit_files.labels(args.jobseekers, people, name, cuts.get(name, []))
        for name in dict.fromkeys([*args.group, *args.strata])
    }
    audit = _read(args, people, report, [columns[name] for name in args.strata])
    speaker = Speaker(args.language, tuple(args.strata))
    found = _compared(audit, {name: columns[name] for name in dict.fromkeys(args.group)}, args.margin)
    closing = _closing(audit, columns[args.group[0]], args) if args.close else None
    tables.write_all(args.out, [_table(found, speaker)])
    if args.plot:
        with tables.writing(args.plot):
            args.plot.parent.mkdir(parents=True, exist_ok=True)
            args.plot.write_text(
                audit_plot.svg([(one, names) for _c, one, names in found], speaker), encoding="utf-8"
            )
    sys.stdout.write(_told(found, speaker))
    if closing:
        tables.write_all(args.closed, [_new_lists(audit, closing)])
        sys.stdout.write(f"\n{speaker.closing(args.close, closing)}\n")


def _read(
    args: argparse.Namespace,
    people: audit_files.People,
    report: market_files.Report,
    strata: list[audit_files.Labels],
) -> Audit:
    lists, names = audit_files.read_run(args.matches, people)
    worth = audit_files.read_worth(args.vacancies, lists, names, people, report) if args.vacancies else None
    relevant = audit_files.read_relevant(args.relevant, people, names) if args.relevant else None
    measures = audit_files.measures_of(lists, worth, relevant, args.top)
    return Audit(people, lists, names, worth, measures, audit_files.crossed(strata) if strata else None)


type Found = list[tuple[str, Comparison, list[str]]]


def _compared(audit: Audit, groups: dict[str, audit_files.Labels], margin: float) -> Found:
    """Compare, a column and a measure at a time, with a bar."""
    found: Found = []
    total, done = len(groups) * len(audit.measures), 0
    with progress.bar("auditing") as report:
        report(0, total)
        for column, labels in groups.items():
            for measure, value in audit.measures.items():
                one = compare({measure: value}, labels.codes, audit.stratum, margin=margin)
                found += [(column, comparison, labels.names) for comparison in one]
                done += 1
                report(done, total)
    return found


def _closing(audit: Audit, labels: audit_files.Labels, args: argparse.Namespace) -> Closing:
    """Close one gap between the two groups of a column, to the margin."""
    codes = shown_groups(labels.codes)
    if len(codes) != 2:
        raise tables.FileRefused(
            f"--close needs a column with two groups of {gaps.LEAST_PEOPLE} people or more; "
            f"“{args.group[0]}” has {len(codes)}."
        )
    groups = TwoGroups(labels.codes == codes[0], labels.codes == codes[1], audit.stratum)
    lists = audit.run
    chances = Run(
        lists.jobseeker, lists.vacancy, lists.rank, expit(lists.score), lists.jobseekers, lists.vacancies
    )
    margin = args.margin * abs(float(np.nanmean(audit.measures[args.close])))
    if args.close == "exposure":
        return close_exposure_gap(chances, groups, args.cut, margin)
    if audit.worth is None:
        raise tables.FileRefused(
            f"--close {args.close} needs the vacancies: name their file with --vacancies."
        )
    worth = audit.worth.pay if args.close == "pay" else audit.worth.distance
    return close_mean_gap(
        chances, worth, groups, args.cut, margin, more_is_better=args.close not in MORE_IS_WORSE
    )


def _new_lists(audit: Audit, closing: Closing) -> pl.DataFrame:
    """Lay the shortened lists out as rows, in the order of the long ones."""
    kept = np.flatnonzero(closing.rank)
    people = np.array(list(audit.people.numbers), dtype=object)
    vacancies = np.array(audit.vacancies, dtype=object)
    return pl.DataFrame(
        {
            "jobseeker_id": people[audit.run.jobseeker[kept]].tolist(),
            "vacancy_id": vacancies[audit.run.vacancy[kept]].tolist(),
            "rank": closing.rank[kept],
            "score": audit.run.score[kept],
        },
        schema={"jobseeker_id": pl.String, "vacancy_id": pl.String, "rank": pl.Int32, "score": pl.Float64},
    )


def _table(found: Found, speaker: Speaker) -> pl.DataFrame:
    """Lay the comparisons out as rows; what may not be shown is empty."""
    rows = [_row(*one, speaker) for one in found]
    schema = {name: _kind(name) for name in OUT_COLUMNS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _kind(name: str) -> type[pl.DataType]:
    if name in {"people", "others"}:
        return pl.Int64
    return pl.Float64 if name.startswith(("mean", "margin", "gap", "alike")) else pl.String


def _row(column: str, one: Comparison, names: list[str], speaker: Speaker) -> list[str | int | float | None]:
    said = " ".join(filter(None, (speaker.all(one, names), speaker.alike(one, names))))
    is_shown = one.verdict != gaps.TOO_FEW
    numbers = [one.mean, one.mean_others, one.margin, one.all.gap, one.all.low, one.all.high]
    alike = [one.alike.gap, one.alike.low, one.alike.high, one.alike.share]
    return [
        column,
        one.measure,
        names[one.group],
        "" if one.against == OTHERS else names[one.against],
        one.people if is_shown else None,
        one.others if is_shown else None,
        *(None if isnan(number) else number for number in numbers),
        one.verdict,
        *(None if isnan(number) else number for number in alike),
        one.verdict_alike if speaker.strata else "",
        f"{speaker.heading(one, names)}. {said}",
    ]


def _told(found: Found, speaker: Speaker) -> str:
    """Write the table and the sentences for the terminal."""
    lines: list[str] = []
    for column in dict.fromkeys(column for column, _one, _names in found):
        lines += ["", column, "─" * len(column)]
        for name, one, names in found:
            if name == column:
                lines += _said(one, names, speaker)
    number = sum(one.verdict != gaps.TOO_FEW for _column, one, _names in found)
    number += sum(one.verdict_alike != gaps.TOO_FEW for _column, one, _names in found)
    lines += ["", fill(speaker.typeset(speaker.words.chance.format(number=number)), 96)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _said(one: Comparison, names: list[str], speaker: Speaker) -> list[str]:
    heading = speaker.heading(one, names)
    if one.verdict != gaps.TOO_FEW:
        means = (speaker.value(one.measure, mean) for mean in (one.mean, one.mean_others))
        heading += f"  {' / '.join(means)}  ({one.people} / {one.others})"
    said = filter(None, (speaker.all(one, names), speaker.alike(one, names)))
    return [heading, *(fill(text, 96, initial_indent="    ", subsequent_indent="    ") for text in said)]
