"""The check of translations."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "messages.py"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def messages(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(script, "SOURCE", tmp_path)
    return script


@pytest.mark.parametrize(
    ("french", "problems"),
    [
        ("Qui cherche %(work)s\u00a0?", 0),
        ("", 1),
        ("Qui cherche %(job)s\u00a0?", 1),
        ("Qui cherche %(work)s ?", 1),
    ],
)
def test_french_is_whole_keeps_its_placeholders_and_its_signs(
    french: str, problems: int, messages: ModuleType, tmp_path: Path
) -> None:
    app = tmp_path / "bakery"
    (app / "locale" / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (app / "words.py").write_text('_("Who looks for %(work)s?") % {"work": "bread"}\n')
    messages.run_extract(app)
    po = messages.file_of(app)
    po.write_text(po.read_text().replace('%(work)s?"\nmsgstr ""', f'%(work)s?"\nmsgstr "{french}"'))
    assert messages.run_check(app) == problems


@pytest.mark.parametrize(("words", "problems"), [(20, 0), (21, 1)])
def test_a_sentence_is_short_enough_to_be_understood_at_once(
    words: int, problems: int, messages: ModuleType, tmp_path: Path
) -> None:
    app = tmp_path / "bakery"
    app.mkdir()
    said = " ".join(["word"] * (words - 1))
    (app / "words.py").write_text(f'_("Short: %(work)s {said}. Another.") % {{"work": "bread"}}\n')
    messages.run_extract(app)
    po = messages.file_of(app)
    po.write_text(po.read_text().replace('Another."\nmsgstr ""', 'Another."\nmsgstr "%(work)s."'))
    assert messages.run_check(app) == problems


def test_every_text_of_a_list_of_sentences_is_to_be_translated(messages: ModuleType, tmp_path: Path) -> None:
    app = tmp_path / "bakery"
    app.mkdir()
    (app / "sentences.toml").write_text('title = "Bread"\n[rye]\nwhy = ["It keeps", "It fills"]\n')
    (app / "other.toml").write_text('title = "Flour"\n')
    messages.run_extract(app)
    assert messages.run_check(app) == 3


def test_no_word_has_its_endings_in_brackets() -> None:
    """« connecté(e) », « offre(s) »: nobody says it so."""
    endings = re.compile(r"\w\((?:e|s|es|ne|rice|trice)\)")
    files = sorted((SCRIPT.parents[1] / "src").rglob("django.po"))
    assert files
    assert not [f"{file.parts[-5]}: {one[0]}" for file in files for one in endings.finditer(file.read_text())]


@pytest.mark.parametrize(
    ("context", "french", "problems"),
    [("", "Modifier", 0), ("", "Changement", 1), ("what one would do", "Changement", 0)],
)
def test_two_apps_say_the_same_in_the_same_words(
    context: str, french: str, problems: int, messages: ModuleType, tmp_path: Path
) -> None:
    for name, said, its in (("bakery", "Modifier", ""), ("mill", french, context)):
        po = messages.file_of(tmp_path / name)
        po.parent.mkdir(parents=True)
        po.write_text((f'msgctxt "{its}"\n' if its else "") + f'msgid "Change"\nmsgstr "{said}"\n')
    assert messages.run_compare([tmp_path / "bakery", tmp_path / "mill"]) == problems


def test_the_apps_of_the_service_say_the_same_in_the_same_words(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence with two words for it in French would be said as the app that comes first says it."""
    folders = script.apps([])
    assert sum(script.file_of(folder).exists() for folder in folders) > 20
    assert not script.run_compare(folders), capsys.readouterr().out
