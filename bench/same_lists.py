"""All lists of a service as lines, to compare two versions of the code: `python -m bench.same_lists OUT`.

The night is run first, at the day it is, in the service of `VISAVIS_VAR` or `DATABASE_URL`. Each line is a place:
side, owner, rank, other, score, worth, distance and reasons, floats in full. Two files are equal or not.
"""

import json
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from itertools import batched
from pathlib import Path

import django

AT_ONCE = 200


def main() -> int:
    """Run the night, write the lines, tell how many and how long the night took."""
    django.setup()
    from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415  (the apps must be loaded)
    from visavis.matches.models import Match  # noqa: PLC0415  (as above)
    from visavis.vacancies.models import Vacancy  # noqa: PLC0415  (as above)

    room = "visavis.matches.making.ranking"
    ranking = import_module(room if find_spec("visavis.matches.making") else "visavis.matches.ranking")
    started = time.perf_counter()
    ranking.rank_everybody()
    took, count = time.perf_counter() - started, 0
    with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
        for side, model in (("jobseeker", Jobseeker), ("vacancy", Vacancy)):
            ids = model.objects.order_by("pk").values_list("pk", flat=True)
            for some in batched(ids, AT_ONCE, strict=False):
                rows = Match.objects.filter(side=side, **{f"{side}__in": some})
                for match in rows.order_by(side, "rank"):
                    ends = (match.jobseeker_id, match.vacancy_id)
                    owner, other = ends if side == "jobseeker" else ends[::-1]
                    line = [side, owner, match.rank, other, match.score, match.worth, match.distance_km]
                    file.write(json.dumps([*line, match.engine_version, match.reasons]) + "\n")
                    count += 1
    sys.stdout.write(f"{count} places; the night took {took:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
