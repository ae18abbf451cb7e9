"""What a hostile file could use is not there: no secret, no network, no file of anybody; and its work is bounded."""

import json
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from visavis.common import confined
from visavis.config import processes
from visavis.cvs import checks
from visavis.cvs.reading import alone, structured

CONFINED = "from visavis.common.confined import confine; confine()\n"


def done_by_the_reader(program: str) -> str:
    """Run a program as a file that has taken the reader over could."""
    return alone.run("-c", CONFINED + program, data=b"", seconds=60).decode()


def test_this_machine_takes_the_network_and_the_files_away() -> None:
    """Where a kernel cannot, `visavis check --deploy` says so; the tests run where it can."""
    assert alone.confined() == {confined.NETWORK: True, confined.FILES: True}


def test_the_reader_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISAVIS_SECRET_KEY", "not to be told")
    monkeypatch.setenv("DATABASE_URL", "postgres://site:secret@host/visavis")
    assert "secret" not in done_by_the_reader("import os; print(dict(os.environ))").lower()


def test_the_reader_reaches_no_server_with_namespaces_or_without() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = ("127.0.0.1", server.getsockname()[1])
        reach = f"import socket; socket.create_connection({address}, 5); print('reached')"
        forbidden = "import os\ndef forbidden(flags): raise OSError(1, 'forbidden')\nos.unshare = forbidden\n"
        done = [
            alone.run("-c", before + reach, data=b"", seconds=60)
            for before in (
                "",
                CONFINED,
                "from visavis.common.confined import without_sockets; print(without_sockets())\n",
                f"{forbidden}from visavis.common.confined import NETWORK, confine; print(confine()[NETWORK])\n",
            )
        ]
    assert done == [b"reached\n", b"", b"True\n", b"True\n"], "without the protection it would"


@pytest.mark.parametrize(
    "attempt",
    [
        "print(open({file!r}).read())",
        "import os; print(os.listdir({folder!r}))",
        "import os; print(open(f'/proc/{{os.getppid()}}/environ').read())",
        "open({folder!r} + '/written', 'w').write('x'); print('written')",
        "import subprocess; print(subprocess.check_output(['cat', {file!r}]))",
    ],
)
def test_the_reader_opens_nobodys_file(tmp_path: Path, attempt: str) -> None:
    file = tmp_path / "secret-key"
    file.write_text("drawn once")
    program = attempt.format(file=str(file), folder=str(tmp_path))
    assert done_by_the_reader(program) == ""
    assert not (tmp_path / "written").exists()


def resume(number: int) -> bytes:
    skills = [{"name": f"chose {one}", "keywords": [f"mot {one}"]} for one in range(number)]
    return json.dumps({"skills": skills, "work": [{"summary": "x"}] * number}, indent=1).encode()


def europass(number: int) -> bytes:
    nested = b"<WorkExperience>" * number + b"</WorkExperience>" * number
    jobs = b"<WorkExperience><Position><Label>Ma\xc3\xa7on</Label></Position></WorkExperience>" * number
    return b"<SkillsPassport><LearnerInfo>" + jobs + nested + b"</LearnerInfo></SkillsPassport>"


def test_what_comes_after_the_facts_kept_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr(structured.Finder, "place", lambda _self, words: looked.append(words) or 1)
    structured.read_json_resume(resume(8000))
    assert len(looked) <= structured.MOST_FACTS


@pytest.mark.parametrize(
    ("made", "read"), [(resume, structured.read_json_resume), (europass, structured.read_europass)]
)
def test_a_file_ten_times_as_long_is_ten_times_the_work(
    made: Callable[[int], bytes], read: Callable[[bytes], object]
) -> None:
    """Red when a fact is looked for line by line, or an element within each of its parents: a hundred times."""
    assert calls(lambda: read(made(8000))) < 20 * calls(lambda: read(made(800)))


def calls(work: Callable[[], object]) -> int:
    """Count the calls and the turns of generators that a piece of work takes: the same on every machine."""
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def test_what_could_not_be_taken_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(alone, "confined", lambda: {confined.NETWORK: True, confined.FILES: False})
    assert [message.id for message in checks.reader_is_confined(None)] == ["visavis.W012"]
    monkeypatch.setattr(alone, "confined", dict)
    checks.say_what_stays()
    assert {record.levelname for record in caplog.records} == {"WARNING"}
    assert "libseccomp2" in caplog.text and "Landlock" in caplog.text
    wsgi = Path(processes.__file__).with_name("wsgi.py").read_text(encoding="utf-8")
    assert "checks.say_what_stays()" in wsgi
