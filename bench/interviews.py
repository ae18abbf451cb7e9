"""How soon do two people see each other, what is left of speech on a poor line, and what do 500 rooms cost?

    python -m bench.interviews [--only first loss thin break signals blocked faces] [--quick] [--times N] [--json FILE]

Our room, opened by two signed-in people in real browsers with cameras and microphones that a program plays, beside a
plain WebRTC page of the browser's own settings, in the same run. A real coturn of our own settings carries both, and
her way to it is a line in user space that loses packets, is narrow, is cut or changes (`interviews_line.py`). The plain
page's signalling takes no time and never fails, which is more than any service gives. One part runs after the other.

first    from the click that opens the room to the first frame of the other, straight and by the relay alone
loss     concealed speech (samples made up by the browser, in per cent, both directions) where 10 and 20 % are lost
thin     the same at 80 and 50 kbit/s, from eight seconds after the line became so
break    the longest pause of the picture when her network changes, how soon it is back after thirty seconds of nothing
signals  500 rooms open: memory of the process that tells them, and how soon 300 rows a second are heard
blocked  the same as `first` where all her UDP is lost: by TCP to the relay
faces    from the click of a third one to both other faces

It ends with 1 where a bar is missed. A whole run takes about 30 minutes of two cores, `--quick` about twelve; read the
figures beside the load of the machine, which is printed with them.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import TimeoutError as TimeOut

from bench import interviews_signals
from bench.interviews_rooms import BESIDE, HERS, HOST, Arm, Call, Ours, arms, relay
from bench.machine import machine

LOST = float("inf")
WARM_MS, QUICK_WINDOW_MS, WINDOW_MS, SETTLE_MS = 8_000, 10_000, 20_000, 6_000
OUTAGE_MS, CUT_MS, AGAIN_WITHIN_S, FRAMES = 2_000, 30_000, 60, 5
LOSSES = {"10 % lost": {"loss": 10}, "20 % lost": {"loss": 20}}
THIN = {"80 kbit/s": {"rate": 80_000}, "50 kbit/s": {"rate": 50_000}}
# What each condition may conceal at most, in per cent, and how many times less than the plain page.
BARS_OF_SPEECH = {"10 % lost": (2, 4), "20 % lost": (5, 3), "80 kbit/s": (3, 7), "50 kbit/s": (3, 10)}


@dataclass
class Row:
    """One figure: of both, and what was asked of ours."""

    what: str
    unit: str
    ours: float
    plain: float | None = None
    bar: float | None = None
    times: float | None = None
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Return how many times more the plain page has."""
        if self.plain is None:
            return None
        return LOST if not self.ours else self.plain / self.ours

    @property
    def is_kept(self) -> bool:
        ratio = self.ratio
        is_within = self.bar is None or self.ours <= self.bar
        return is_within and (self.times is None or ratio is None or ratio >= self.times)


@dataclass
class Bench:
    """What every part needs."""

    both: list[Arm]
    folder: Path
    times: int
    is_quick: bool

    @property
    def ours(self) -> Ours:
        return next(arm for arm in self.both if isinstance(arm, Ours))

    def say(self, *words: object) -> None:
        print("   ", *words, file=sys.stderr, flush=True)


def came(call: Call, who: str, others: int = 1) -> float:
    """Return the milliseconds from her click to what she sees; LOST where nobody comes to be seen."""
    try:
        return call.come(who, others)
    except TimeOut:
        return LOST


def comes(bench: Bench, arm: Arm, times: int, **how: Any) -> list[float]:
    """Let her come again and again to who is there; the first time, in which all is read anew, is not counted."""
    with relay(bench.folder / "relay") as carries, Call(arm, carries, **how) as call:
        arm.meet(call)
        if how.get("is_blocked"):
            carries.line.set(is_cut=True)
        came(call, HERS)
        found = [came(call, HERS) for _time in range(times)]
        bench.say(arm.name, how, [round(one) if one < LOST else "never" for one in found])
        return found


def rows_of_times(
    what: str, found: dict[str, list[float]], bars: tuple[float | None, float | None]
) -> list[Row]:
    """Return the median of all and the worst of the first ten."""
    rows = []
    for name, sum_up, bar in (("median", statistics.median, bars[0]), ("worst of 10", worst, bars[1])):
        plain = sum_up(found["plain"]) if "plain" in found else None
        rows.append(Row(f"{what}, {name}", "ms", sum_up(found["ours"]), plain, bar, seen=found))
    return rows


def worst(times: list[float]) -> float:
    return max(times[:10])


def first(bench: Bench) -> list[Row]:
    rows = []
    for is_relayed, bars in ((False, (None, None)), (True, (500, 1_500))):
        found: dict[str, list[float]] = {arm.name: [] for arm in bench.both}
        # By turns, so that both meet the same minutes of the machine.
        while len(found["ours"]) < bench.times:
            for arm in bench.both:
                found[arm.name] += comes(bench, arm, min(10, bench.times), is_relayed=is_relayed)
        way = "by the relay" if is_relayed else "straight"
        rows += rows_of_times(f"click to first frame, {way}", found, bars)
    return [*rows, *let_in(bench)]


def let_in(bench: Bench) -> list[Row]:
    """From the counsellor's click to pictures on both pages, her page of waiting and its reload included."""
    arm, found = bench.ours, []
    with relay(bench.folder / "relay") as carries, Call(arm, carries, is_relayed=False) as call:
        arm.meet(call)
        host, hers = call.page(HOST), call.page(HERS)
        came(call, HERS)
        for _time in range(3 if bench.is_quick else 5):
            hers.get_by_role("button", name="Raccrocher").click()
            hers.get_by_role("button", name="Je suis là").click()
            host.locator("[data-keep^=admit]").first.wait_for()
            at = host.evaluate(
                "() => { document.querySelector('[data-keep^=admit]').click(); return Date.now(); }"
            )
            try:
                hers.wait_for_function("() => window.firstFrames?.(1)", polling=20)
                host.wait_for_function(f"() => window.shownSince({at}).frames", polling=20)
                mine = hers.evaluate("performance.timeOrigin + firstFrames(1)")
                found.append(max(mine, host.evaluate(f"shownSince({at}).first")) - at)
            except TimeOut:
                found.append(LOST)
    bench.say("let in", found)
    what = "counsellor's click “let in” to both pictures, median"
    return [Row(what, "ms", statistics.median(found), seen={"ours": found})]


def speech(bench: Bench, conditions: dict[str, dict[str, int]]) -> list[Row]:
    """Concealed speech, the median of repeats and directions."""
    rows = []
    for name, given in conditions.items():
        found: dict[str, list[dict[str, Any]]] = {arm.name: [] for arm in bench.both}
        for _repeat in range(1 if bench.is_quick else 3):
            for arm in bench.both:
                found[arm.name] += spoken(bench, arm, given)
                bench.say(name, arm.name, found[arm.name][-2:])
        ours, plain = (statistics.median(one["concealed"] for one in found[arm]) for arm in ("ours", "plain"))
        bar, times = BARS_OF_SPEECH[name]
        rows.append(Row(f"concealed speech, {name}", "%", ours, plain, bar, times, seen=found))
    return rows


def spoken(bench: Bench, arm: Arm, given: dict[str, int]) -> list[dict[str, Any]]:
    """Return what each of the two heard and saw on a line made so, once it is a while so."""
    window_ms = QUICK_WINDOW_MS if bench.is_quick else WINDOW_MS
    with relay(bench.folder / "relay") as carries, Call(arm, carries, is_relayed=True) as call:
        arm.meet(call)
        came(call, HERS)
        pages = [call.page(HOST), call.page(HERS)]
        pages[0].wait_for_timeout(SETTLE_MS)
        carries.line.set(**given)
        pages[0].wait_for_timeout(WARM_MS)
        before = [page.evaluate("counted()") for page in pages]
        pages[0].wait_for_timeout(window_ms)
        return [heard(one, page.evaluate("counted()")) for one, page in zip(before, pages, strict=True)]


def heard(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    took_s = (after["at"] - before["at"]) / 1e3
    samples = after["samples"] - before["samples"]
    return {
        # Where no sound comes at all, all of it is missing.
        "concealed": 100 * (after["concealed"] - before["concealed"]) / samples if samples > 0 else 100.0,
        "frames_s": round((after["frames"] - before["frames"]) / took_s, 1),
        "kbit_s": round((after["bytes"] - before["bytes"]) * 8 / took_s / 1e3),
        "codec": after["codec"],
        "limit": after["limit"],
    }


def breaks(bench: Bench) -> list[Row]:
    """A change of network, with the house reached meanwhile and without; then nothing for thirty seconds."""
    times = 1 if bench.is_quick else 3
    ours = [broken(bench, bench.ours, OUTAGE_MS, moves=True) for _time in range(times)]
    away = [broken(bench, bench.ours, OUTAGE_MS, moves=True, is_away=True) for _time in range(times)]
    plain = [broken(bench, arm, OUTAGE_MS, moves=True) for arm in bench.both if arm is not bench.ours]
    cuts = [broken(bench, bench.ours, CUT_MS, is_away=True) for _time in range(times)]
    plain_cuts = [broken(bench, arm, CUT_MS) for arm in bench.both if arm is not bench.ours]
    return [
        of_break("change of network, picture frozen", "frozen", (ours, plain), 4),
        of_break("change of network and no way to the house, frozen", "frozen", (away, plain), 4),
        of_break("cut of 30 s, back after", "back", (cuts, plain_cuts), 5),
    ]


def of_break(what: str, name: str, found: tuple[list[dict[str, float]], ...], bar: float) -> Row:
    ours, plain = (statistics.median(one[name] for one in some) for some in found)
    return Row(what, "s", ours, plain, bar, seen={"ours": found[0], "plain": found[1]})


def broken(
    bench: Bench, arm: Arm, out_ms: int, *, moves: bool = False, is_away: bool = False
) -> dict[str, float]:
    """Break her line for a while; return in seconds how soon both see each other again, and how long nothing moved.

    `is_away`: she does not reach the house either, as where a phone has no network at all.
    """
    with relay(bench.folder / "relay") as carries, Call(arm, carries, is_relayed=True) as call:
        arm.meet(call)
        came(call, HERS)
        host, hers = call.page(HOST), call.page(HERS)
        host.wait_for_timeout(SETTLE_MS)
        began = time.time() * 1e3
        carries.line.set(is_cut=True)
        if is_away:
            hers.context.set_offline(True)
        host.wait_for_timeout(out_ms)
        if is_away:
            hers.context.set_offline(False)
        carries.line.set(moves=moves)
        ends = time.time() * 1e3
        until = time.monotonic() + AGAIN_WITHIN_S
        seen = [{"frames": 0}]
        while time.monotonic() < until and min(one["frames"] for one in seen) < FRAMES:
            host.wait_for_timeout(100)
            seen = [page.evaluate(f"shownSince({ends})") for page in (host, hers)]
        if min(one["frames"] for one in seen) < FRAMES:
            found = {"back": LOST, "frozen": LOST}
        else:
            host.wait_for_timeout(SETTLE_MS)
            frozen = max(page.evaluate(f"shownSince({began})")["frozen"] for page in (host, hers))
            found = {"back": (max(one["first"] for one in seen) - ends) / 1e3, "frozen": frozen / 1e3}
        bench.say(arm.name, f"{out_ms} ms", "moves" if moves else "", "away" if is_away else "", found)
        return found


def blocked(bench: Bench) -> list[Row]:
    tries, how = min(10, bench.times), {"is_relayed": True, "is_blocked": True}
    found = {arm.name: comes(bench, arm, tries, **how) for arm in bench.both}
    failed = {name: times.count(LOST) for name, times in found.items()}
    rows = rows_of_times("UDP blocked, click to first frame", found, (None, 2_000))
    return [*rows, Row(f"UDP blocked, failed of {tries}", "", failed["ours"], failed["plain"], 0)]


def faces(bench: Bench) -> list[Row]:
    """A third one comes to two."""
    found = {}
    for arm in bench.both:
        with relay(bench.folder / "relay") as carries, Call(arm, carries, is_relayed=False) as call:
            arm.meet(call)
            came(call, HERS)
            if isinstance(arm, Ours):
                arm.admit(call, BESIDE)
            came(call, BESIDE, 2)
            found[arm.name] = [came(call, BESIDE, 2) for _time in range(min(10, bench.times))]
            bench.say(arm.name, found[arm.name])
    return rows_of_times("three faces", found, (1_000, None))


def signals(bench: Bench) -> list[Row]:
    rows = []
    found = interviews_signals.measured(bench.ours.place, seconds=10 if bench.is_quick else 30)
    bench.say(found)
    rows.append(Row(f"{found['rooms']} rooms open, more memory", "MB", found["more_MB"], bar=200, seen=found))
    rows.append(Row(f"{found['a_second']:.0f} rows a second, heard, p95", "ms", found["p95_ms"], bar=200))
    rows.append(Row("rows not heard", "", found["lost"], bar=0))
    return rows


PARTS: dict[str, Callable[[Bench], list[Row]]] = {
    "first": first,
    "loss": lambda bench: speech(bench, LOSSES),
    "thin": lambda bench: speech(bench, THIN),
    "break": breaks,
    "signals": signals,
    "blocked": blocked,
    "faces": faces,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument(
        "--quick", action="store_true", help="once instead of three times, and in shorter windows"
    )
    parser.add_argument("--times", type=int, help="clicks of each kind (20; 5 with --quick)")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    began, rows, loads = time.monotonic(), [], {}
    print(machine())
    print(f"\n| part | what | ours | plain page | times | bar | |\n|{'---|' * 7}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with arms(folder) as both:
            bench = Bench(both, folder, args.times or (5 if args.quick else 20), args.quick)
            for part in args.only:
                for row in PARTS[part](bench):
                    rows.append({"part": part, "ratio": row.ratio, "is_kept": row.is_kept} | asdict(row))
                    print(line_of(part, row), flush=True)
                loads[part] = os.getloadavg()[0]
    print(f"\n{time.monotonic() - began:.0f} s; load of the machine after each part: {loads}")
    if args.json:
        found = {"machine": machine(), "load": loads, "rows": rows}
        args.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.exit(not all(row["is_kept"] for row in rows))


def line_of(part: str, row: Row) -> str:
    def shown(value: float | None) -> str:
        if value is None:
            return "–"
        if value == LOST:
            return "never"
        return (
            f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
        ) + f" {row.unit}".rstrip()

    ratio = "–" if row.ratio is None or row.ratio == LOST else f"{row.ratio:.1f}"
    bar = "–" if row.bar is None else f"≤ {shown(row.bar)}"
    bar += f", ≥ {row.times:.0f} times" if row.times else ""
    kept = "" if row.bar is None and row.times is None else "kept" if row.is_kept else "**missed**"
    return f"| {part} | {row.what} | {shown(row.ours)} | {shown(row.plain)} | {ratio} | {bar} | {kept} |"


if __name__ == "__main__":
    main()
