"""Pages for paper, by typst: every word is data, never markup."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst


@cache
def compiler_fonts() -> typst.Fonts:
    """Look for the fonts once: the ones typst brings, and the system's for other scripts."""
    return typst.Fonts()


def typeset(template: Path, name: str, data: dict[str, Any]) -> bytes:
    """Run typst on a template that reads `sys.inputs.NAME` as JSON; return a PDF that every reader can follow.

    When no font has a sign of it, the file is the same but does not claim PDF/UA.
    """
    compiler = typst.Compiler(template, root=template.parent, font_paths=compiler_fonts())
    inputs = {name: json.dumps(data, ensure_ascii=False)}
    try:
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        made = compiler.compile(format="pdf", sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no file")
    return made
