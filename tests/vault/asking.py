"""No question looks into a sealed column: refused in what the ORM compiles, in every test, whoever asks.

A sealed column is read with its row, found empty or not, and a contact by its mark; ordered, compared, calculated with
or read without its row it would give noise, or tell something of what rests there. What is sealed is read from the
models themselves.
"""

from typing import Any

from django.db.models.expressions import Col
from django.db.models.lookups import IsNull
from django.db.models.sql.compiler import SQLCompiler

from visavis.vault import fields

MAY_LOOK = (IsNull, fields.IsEmpty, fields.IsSealed, fields.HasMark, fields.MarkOf)
# Read with its number beside, and opened by `fields.unsealed`: everybody's words at once, for the night.
WITHOUT_ITS_ROW = {"jobseekers_jobseeker.about"}


class LooksInside(AssertionError):
    """A question asks for what is in a sealed column, which the database cannot know."""


def is_sealed(expression: Any) -> bool:
    return isinstance(expression, Col) and isinstance(expression.target, fields.EncryptedText)


def refuse(node: Any) -> None:
    """Refuse what calculates with a sealed column, compares it or puts rows in its order."""
    # Nine of ten nodes are columns, which are made of nothing else.
    if type(node) is Col or isinstance(node, MAY_LOOK) or not hasattr(node, "get_source_expressions"):
        return
    for one in node.get_source_expressions():
        if is_sealed(one):
            raise LooksInside(f"{type(node).__name__} looks into {one.target.place}")


def refuse_reading(query: Any) -> None:
    """Refuse what reads a sealed column without its row: `values`, `values_list`, an annotation that repeats it."""
    for one in (*query.select, *query.annotation_select.values()):
        if is_sealed(one) and one.target.place not in WITHOUT_ITS_ROW:
            raise LooksInside(f"{one.target.place} is read without its row")


def guard() -> None:
    """Have every question of this process looked at as it is compiled."""
    compile_node, get_select = SQLCompiler.compile, SQLCompiler.get_select

    def compile_guarded(self: Any, node: Any) -> Any:
        refuse(node)
        return compile_node(self, node)

    def get_select_guarded(self: Any, *how: Any, **more: Any) -> Any:
        refuse_reading(self.query)
        return get_select(self, *how, **more)

    SQLCompiler.compile = compile_guarded  # type: ignore[method-assign]
    SQLCompiler.get_select = get_select_guarded  # type: ignore[method-assign]
