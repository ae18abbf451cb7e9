"""What `visavis setup` is told: read, refused with a sentence that says what to write, kept for the next time."""

import shlex
import stat
import sys
from pathlib import Path

import pytest

from tests.operations.answers import GOOD, as_file, as_options
from tests.operations.started import clean
from tests.programs import run
from visavis.commands.__main__ import main
from visavis.operations.installing import values, variables
from visavis.operations.installing.questions import read_all
from visavis.operations.installing.values import WrongAnswer

REFUSED = {
    "url": ["emploi.example", "http://emploi.example", "https://emploi.example/site", "https://émploi.example",
            "https://a:b@c.example", "https://emploi.example:99999", "ftp://emploi.example", "", "https://-a.example"],
    "database": ["mysql://u:p@h/n", "postgres://u:p@h", "postgres://u:p@h:port/n", "visavis"],
    "cache": ["memcached://h", "redis://", "redis://h:x"],
    "mail": ["mail.example", "imap://h", "smtp://", "smtp://h:x"],
    "mail_from": ["bonjour", "a b@c.example", "a@b", ""],
    "mail_in": ["courrier", "courrier+12@emploi.example"],
    "witness": ["archives", "archives@"],
    "mailbox": ["imap.example", "smtp://u:p@h", "imaps://h", "imaps://u@h", "imap+plain://u:p@elsewhere.example"],
    "sms": ["http://sms.example", "sms"],
    "phone": ["", "secret", "04"],
    "agency_commune": ["Valence", "2636", "2C004"],
    "workers": ["0", "many", "65", "-1", "1.5", "²"],
    "people_identity": ["http://elsewhere.example", "elsewhere"],
    "proxy": ["apache"],
    "certificate": ["fullchain.pem"],
    "head": ["direction"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given"), [(name, one) for name, all_of in REFUSED.items() for one in all_of]
)
def test_a_wrong_answer_is_a_sentence_that_names_its_option(name: str, given: str) -> None:
    with pytest.raises(WrongAnswer) as refused:
        read_all(GOOD | {name: given}, {}, ask=False)
    words = str(refused.value)
    assert words.startswith(f"--{name.replace('_', '-')}: ") and len(words.split()) > 4


def test_what_is_missing_or_unknown_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    options, root = as_options(), str(tmp_path / "machine")
    del options[options.index("--head") : options.index("--head") + 2]
    answers = as_file(tmp_path / "answers.toml", colour="blue")
    for words, told in (
        (options, "--head is missing"),
        (["--answers", str(answers)], "colour is not a question"),
        (["--check"], "Nothing is installed here"),
    ):
        assert main(["setup", "--root", root, *words]) == 2
        assert told in capsys.readouterr().err
        assert not (tmp_path / "machine").exists()


def written(root: Path, *more: str, **changed: str) -> int:
    return main(["setup", "--root", str(root), "--files-only", *as_options(**changed), *more])


def files(root: Path) -> dict[Path, tuple[bytes, int]]:
    """Return each file with what stands in it and when it was written."""
    found = [path for path in root.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_files_are_written_once_and_nobody_else_reads_the_secrets(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert written(tmp_path) == 0
    before = files(tmp_path)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in before}
    assert modes == {
        "environment": 0o600,
        "setup.json": 0o600,
        "visavis-web.service": 0o644,
        "visavis-live.service": 0o644,
        "visavis-work.service": 0o644,
        "visavis.conf": 0o644,
    }
    assert b"secret" not in (tmp_path / "etc/visavis/setup.json").read_bytes()
    capsys.readouterr()
    assert main(["setup", "--root", str(tmp_path), "--files-only"]) == 0
    assert "0 written, 6 as they were" in capsys.readouterr().out
    assert files(tmp_path) == before


def test_what_an_operator_wrote_stays_and_keys_are_drawn_once(tmp_path: Path) -> None:
    written(tmp_path)
    file = tmp_path / "etc/visavis/environment"
    before = variables.read_file(file)
    file.write_text(file.read_text() + "VISAVIS_SPREAD=0.5\n")
    written(tmp_path, phone="04 75 99 99 99", mail="none", witness="archives@mairie.example")
    assert main(["setup", "--root", str(tmp_path), "--files-only"]) == 0
    after = variables.read_file(file)
    assert after["VISAVIS_JOURNAL_WITNESS"] == "archives@mairie.example"
    assert after["VISAVIS_SPREAD"] == "0.5" and after["VISAVIS_PHONE"] == "04 75 99 99 99"
    assert after["VISAVIS_SECRET_KEY"] == before["VISAVIS_SECRET_KEY"]
    assert before["SMTP_PASSWORD"] == "mot’de@passe" or before["SMTP_PASSWORD"] == "mot'de@passe"
    assert "SMTP_HOST" not in after and "SMTP_PASSWORD" not in after
    written(tmp_path, witness="none")
    assert "VISAVIS_JOURNAL_WITNESS" not in variables.read_file(file)


def test_a_mailbox_is_kept_as_it_was_told(tmp_path: Path) -> None:
    told = "imap://courrier%40emploi.example:p%2Fw%23d@imap.example/Re%C3%A7u"
    written(tmp_path, mail_in="courrier@emploi.example", mailbox=told)
    kept = variables.read_file(tmp_path / "etc/visavis/environment")
    assert {name: kept[name] for name in kept if name.startswith(("IMAP", "VISAVIS_MAIL_IN"))} == {
        "VISAVIS_MAIL_IN": "courrier@emploi.example", "IMAP_HOST": "imap.example", "IMAP_PORT": "143",
        "IMAP_TLS": "starttls", "IMAP_USER": "courrier@emploi.example", "IMAP_PASSWORD": "p/w#d",
        "IMAP_FOLDER": "Reçu",
    }  # fmt: skip
    assert "p/w#d" not in (tmp_path / "etc/visavis/setup.json").read_text()
    # Enter for every question: as before; none takes all of it out.
    assert main(["setup", "--root", str(tmp_path), "--files-only"]) == 0
    assert variables.read_file(tmp_path / "etc/visavis/environment") == kept
    written(tmp_path, mail_in="none", mailbox="none")
    assert not [name for name in variables.read_file(tmp_path / "etc/visavis/environment") if "IMAP" in name]


def test_a_shell_reads_the_file_as_we_do(tmp_path: Path) -> None:
    written(
        tmp_path, service_name='L’emploi "près" de $HOME & `ici` \\ là #1', mail="smtp://u:p%24%22w@h.example"
    )
    file = tmp_path / "etc/visavis/environment"
    script = f'. {shlex.quote(str(file))}; printf \'%s|%s\' "$VISAVIS_SERVICE_NAME" "$SMTP_PASSWORD"'
    told = run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
    ours = variables.read_file(file)
    assert told == f"{ours['VISAVIS_SERVICE_NAME']}|{ours['SMTP_PASSWORD']}"
    assert told.endswith('|p$"w') and "$HOME" in told
    assert values.words("Hélène d'Arc") == "Hélène d’Arc"


def test_a_disk_that_is_full_half_way_leaves_what_was_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path)
    before = files(tmp_path)
    real, calls = Path.replace, []

    def full(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    assert written(tmp_path, url="https://autre.example", workers="8") == 2
    assert "cannot be written: No space left on device. Nothing was changed." in capsys.readouterr().err
    monkeypatch.undo()
    assert files(tmp_path).keys() == before.keys()
    assert all(path.read_bytes() == content for path, (content, _at) in before.items())


def test_a_file_that_an_operator_broke_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path)
    file = tmp_path / "etc/visavis/environment"
    file.write_text("VISAVIS_URL='https://a.example'\nnonsense\n")
    assert main(["setup", "--root", str(tmp_path), "--check"]) == 2
    assert "line 2: write NAME='value'" in capsys.readouterr().err


def test_a_command_runs_in_the_environment_of_the_file(tmp_path: Path) -> None:
    written(tmp_path, database="sqlite", cache="none", workers="1")
    file = tmp_path / "etc/visavis/environment"
    (tmp_path / "var").mkdir(exist_ok=True)
    file.write_text(file.read_text().replace("/var/lib/visavis", str(tmp_path / "var")))
    program = "import sys; from visavis.commands.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "--environment", str(file), "diffsettings"]
    done = run(command, capture_output=True, text=True, env=clean(), check=True)
    assert "SITE_URL = 'https://emploi.example'" in done.stdout
    assert "ALLOWED_HOSTS = ['emploi.example', '127.0.0.1', 'localhost', '[::1]']" in done.stdout


def test_keys_that_the_site_drew_itself_stay_its_keys(tmp_path: Path) -> None:
    folder = tmp_path / "var/lib/visavis"
    folder.mkdir(parents=True)
    (folder / "data-keys").write_text("drawn before\n")
    written(tmp_path)
    found = variables.read_file(tmp_path / "etc/visavis/environment")
    assert "VISAVIS_DATA_KEYS" not in found and len(found["VISAVIS_CONTACT_KEYS"]) > 40
