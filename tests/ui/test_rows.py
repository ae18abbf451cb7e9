"""What names a row of a list is as high as a finger, in every template."""

import re
from pathlib import Path

import visavis

TEMPLATES = sorted(Path(visavis.__path__[0]).rglob("templates/**/*.html"))
LISTS = re.compile(r'<ul class="rows">.*?</ul>', re.DOTALL)
# Alone in its row, or within the name: its own box is one line high.
LOW = re.compile(r'<li[^>]*>\s*<a (?!class)|<span class="row__name">\s*<a ')


def test_a_link_that_names_a_row_is_its_name() -> None:
    found = {
        str(file.relative_to(file.parents[1]))
        for file in TEMPLATES
        for rows in LISTS.findall(file.read_text(encoding="utf8"))
        if LOW.search(rows)
    }
    assert len(TEMPLATES) > 100 and not found
