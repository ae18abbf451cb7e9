"""visavis learn_score: make the next version of the score from answers, as the night's run does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from visavis.matches.bridge.scoring import LEAST_ANSWERS
from visavis.matches.making import learning
from visavis.matches.models import ScoreModel


class Command(BaseCommand):
    """Learn the score from answers, and say what it is worth."""

    help = "Learn the score from answers to introductions; the night's run does it too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="even when few answers came since the last version"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = learning.learn(even_if_not_due=options["again"])
        if made is None:
            hers, theirs = map(len, learning.answered())
            self.stdout.write(
                f"nothing new to learn: {hers} answers of jobseekers, {theirs} of employers "
                f"(at least {LEAST_ANSWERS} of one side, and more than the last version had)"
            )
            return
        for line in lines_of(made):
            self.stdout.write(line)


def lines_of(made: ScoreModel) -> list[str]:
    """Say what a version is worth, a line a side."""
    lines = [f"version {made.version}: {made.hers} answers of jobseekers, {made.theirs} of employers"]
    checks, lists = dict(made.figures), made.figures.get("lists", {})
    checks.pop("lists", None)
    for side, found in checks.items():
        line = (
            f"{side}: {found['answers']} later answers foreseen with log loss {found['log_loss']:.4f}, "
            f"order {found['order']:.3f}, calibration gap {found['gap']:.3f} ({found['gap_by_luck']:.3f} by luck)"
        )
        if "same_log_loss" in found:
            line += (
                f"; experts {found['experts_log_loss']:.4f}, one chance for all {found['same_log_loss']:.4f}"
            )
        lines.append(line)
    lines += [
        f"lists by {way}: {first} of {people} people begin with what they asked for, {asked} among all first five"
        for way, (first, asked, people) in lists.items()
    ]
    why = "not used: later answers were not foreseen better, or lists began less with what was asked"
    lines.append("lists are ranked by it" if made.is_used else why)
    return lines
