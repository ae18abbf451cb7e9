"""The scripts of the room: light, plain, and their rules by numbers."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.programs import run
from visavis import interviews
from visavis.interviews.relay import credentials
from visavis.interviews.views.seat import SCRIPTS as ASKED

SCRIPTS = Path(interviews.__path__[0]) / "static" / "interviews"
ROOM = ("room", "page", "own", "wire", "peer", "rules", "watch", "devices", "tiles", "pieces", "sound")


def node(*words: str) -> Any:
    """Run a script of the language in which the rules are written; return what it prints."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("node is absent: the browser's tests try the rules too")
    return json.loads(run([program, *words], capture_output=True, text=True, check=True).stdout)


def asked(rule: str, samples: list[Any]) -> list[Any]:
    """Put samples one after the other to a rule, with one memory."""
    file = (SCRIPTS / "rules.js").as_uri()
    code = f"""import * as rules from {json.dumps(file)}; const memory = {{}};
      console.log(JSON.stringify({json.dumps(samples)}.map((one) => {rule})));"""
    return list(node("--input-type=module", "-e", code))


def line(at: int, media: int, more: int = 0, **said: float) -> dict[str, float]:
    return {"at": at, "media": media, "all": media + more, "concealed": 0, "samples": 0, **said}


def test_no_script_writes_html_or_speaks_of_recording_and_faces() -> None:
    for file in SCRIPTS.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        words = ("innerHTML", "insertAdjacentHTML", "eval(", "MediaRecorder", "FaceDetector", "captureStream")
        assert not [word for word in words if word in text], file.name
    for name in ("wire", "peer", "rules", "watch", "devices"):
        text = (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(r"\b(document|window)\.\w", text), name


def test_a_line_or_a_microphone_is_dead_when_it_gives_no_sign_in_its_time() -> None:
    samples = [[at, media, is_seeking] for at, media, is_seeking in (
        (0, 5, 0), (300, 9, 0), (1_700, 9, 0), (1_900, 9, 0), (2_200, 9, 1), (9_000, 9, 1), (9_300, 9, 0),
    )]  # fmt: skip
    rule = "rules.isDead(memory, {at: one[0], media: one[1], all: one[1]}, Boolean(one[2]))"
    assert asked(rule, samples) == [False, False, False, True, False, False, True]
    samples = [line(0, 0, 4), line(5_000, 0, 4), line(5_500, 0, 6), line(11_000, 0, 6), line(12_000, 0, 6)]
    assert asked("rules.isDead(memory, one, false)", samples) == [False, False, False, False, True]
    assert asked("rules.isDead(memory, one, one.at < 8000)", [line(0, 0), line(8_300, 0)]) == [False, True]
    samples = [[0.1, 0], [0.2, 1_000], [0.2, 3_900], [0.2, 4_100], [0.2, 5_000], [0.2, 7_200]]
    rule = "rules.isSilent(memory, one[0], one[1])"
    assert asked(rule, samples) == [False, False, False, True, False, True]


def test_a_new_way_comes_about_however_slowly_the_pages_speak_to_each_other() -> None:
    for delay_ms in (100, 2_000, 4_000, 7_000):
        at_ms, offers = slowly(delay_ms)
        # An offer, its answer, and the ways that belong to them: nothing ends it before.
        assert 0 < at_ms <= 2 * delay_ms + 500 and offers == 1
    # Who tries again while a way is looked for never finds one.
    assert slowly(2_000, "restless")[0] == -1
    # The second page answered what was said to the first: both begin anew, by connections that know nothing of it.
    for delay_ms in (100, 1_000, 3_000):
        assert 0 < slowly(delay_ms, "again")[0] <= 12_000 + 5 * delay_ms


def test_the_room_weighs_little_and_loads_what_few_need_when_it_is_asked_for() -> None:
    kept = re.search(r"FRESH_MS = (\d+)", (SCRIPTS / "room.js").read_text(encoding="utf-8"))
    assert kept and int(kept[1]) / 1_000 < credentials.LIFE_S / 2
    assert sum((SCRIPTS / f"{name}.js").stat().st_size for name in ROOM) < 40_000
    text = "".join((SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in ROOM)
    for name in ("captions", "choose"):
        assert f'import("./{name}.js")' in text and f'from "./{name}.js"' not in text
        assert (SCRIPTS / f"{name}.js").stat().st_size < 4_000
    imported = set(re.findall(r'^import .* from "\./(.*)";$', text, re.MULTILINE))
    assert set(ASKED) == {"ui/live.js", *(f"interviews/{name}" for name in imported)}
    assert imported == {f"{name}.js" for name in ROOM} - {"room.js"}


def slowly(delay_ms: int, how: str = "") -> tuple[int, int]:
    """Return when two pages have found a way, or -1 after a minute, and by how many offers; nothing is waited for."""
    words = [str(Path(__file__).with_name("slowly.mjs")), SCRIPTS.as_uri(), str(delay_ms), how]
    at_ms, offers = node(*words)
    return int(at_ms), int(offers)


THINNESS = "Object.values(rules.thinness(memory, {available: Infinity, ...one}))"


def heard(seconds: list[tuple[float, float, float]]) -> list[dict[str, float]]:
    """Return what is counted second by second: how much of speech was made up, how late it was, what goes through."""
    found = [line(0, 1) | {"delay": 0, "played": 0}]
    for at, (part, late_s, available) in enumerate(seconds, start=1):
        last = found[-1]
        concealed, delay = last["concealed"] + 48_000 * part, last["delay"] + 48_000 * late_s
        samples = {"samples": 48_000 * at, "concealed": concealed, "delay": delay, "played": 48_000 * at}
        found.append(line(1_000 * at, 1) | samples | ({"available": available} if available else {}))
    return found


def test_a_line_is_thin_full_or_weak_by_how_much_of_speech_is_made_up_and_goes_through() -> None:
    samples = heard([(0.2, 0, 0), (0, 0, 0), (0.2, 0, 0), (0.2, 0, 0), (0, 0, 80_000), (0, 0, 500_000)])
    assert [thin for thin, _is_weak in asked(THINNESS, samples)] == [0, 0, 0, 0, 1, 1, 0]
    late = [(0.01, 0.2, 80_000), (0.01, 0.2, 500_000)]
    samples = heard([(0.2, 0.06, 0), (0.2, 0.06, 0), (0.2, 0.2, 0), *late])
    assert [thin for thin, _is_weak in asked(THINNESS, samples)] == [0, 0, 1, 2, 2, 0]
    samples = heard([(0.2, 0, 0)] * 5 + [(0.01, 0, 0)])
    assert [is_weak for _thin, is_weak in asked(THINNESS, samples)] == [False] * 5 + [True, False]
    # What the browser believes to go through is no sign of it.
    assert not any(is_weak for _thin, is_weak in asked(THINNESS, heard([(0.01, 0, 50_000)] * 8)))
