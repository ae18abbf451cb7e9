"""The companion's modules, asked by node."""

import json
import shutil
from pathlib import Path
from typing import Any, Protocol

from tests import programs

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests/privacy/answers.mjs"
NODE = shutil.which("node")


class Ask(Protocol):
    """Call a function of `answers.mjs`."""

    def __call__(self, function: str, *arguments: Any) -> Any: ...


def node(function: str, *arguments: Any) -> Any:
    """Call it in node."""
    program = f"""
      import {{ {function} }} from {json.dumps((ROOT / MODULE).as_uri())};
      let text = ""; for await (const part of process.stdin) text += part;
      process.stdout.write(JSON.stringify({function}(...JSON.parse(text))));
    """
    command = [str(NODE), "--input-type=module", "--eval", program]
    done = programs.run(command, input=json.dumps(arguments), capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)
