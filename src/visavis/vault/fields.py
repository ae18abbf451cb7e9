"""Columns that are encrypted where they rest: own words, data, contacts, files (`EncryptedText`, `EncryptedJSON`,
`EncryptedContact`, `EncryptedBytes`); each value by the key of its person, or of the house.

In the database: `~1~PERSON~SEALED`, sealed by AES-256-GCM-SIV and bound to its table, column and row, so that it opens
nowhere else. A contact has before it a mark of 27 letters by which it is found whole; nothing else can be asked of any
of these columns. Reading a row costs nothing: a value is opened when it is asked for (`Unsealing`).
"""

import json
import logging
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import models
from django.db.models.lookups import Lookup
from django.db.models.query_utils import DeferredAttribute

from visavis.vault import keys, ring

log = logging.getLogger(__name__)

VERSION = "~1~"


class Tampered(RuntimeError):
    """A sealed value was changed, or stands where it was not written."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as it rests; it says whose it is, and nothing else before it is opened in its place."""

    text: str

    def __str__(self) -> str:
        return "•••"

    __repr__ = __str__

    @property
    def person(self) -> int:
        return int(self.text.split("~")[2])

    @property
    def mark(self) -> str:
        """Return what a contact is found by."""
        return self.text.partition("~")[0]

    def plain(self, column: str, row: int) -> str | None:
        """Return the plain text, as `content` finds it."""
        found = self.content(column, row)
        return None if found is None else found.decode()

    def content(self, column: str, row: int) -> bytes | None:
        """Return what was sealed, if it stands where it was written; nothing when her key was erased.

        Raises Tampered.
        """
        key = keys.of(self.person)
        if key is None:
            return None
        sealed = urlsafe_b64decode(self.text.rpartition("~")[2])
        try:
            return key.decrypt(sealed[: ring.NONCE], sealed[ring.NONCE :], place(column, row))
        except InvalidTag as error:
            raise Tampered(f"A value of {column} does not open in its row {row}.") from error


def seal(plain: bytes, *, column: str, row: int, person: int, mark: str = "") -> Sealed:
    """Seal a value for one place, by the key of a person; `column` is `table.column`."""
    nonce = secrets.token_bytes(ring.NONCE)
    sealed = nonce + keys.drawn(person).encrypt(nonce, plain, place(column, row))
    return Sealed(f"{mark}{VERSION}{person}~{urlsafe_b64encode(sealed).decode()}")


def place(column: str, row: int) -> bytes:
    """Return what a sealed value is bound to."""
    return f"{column}|{row}".encode()


def unsealed(model: type[models.Model], name: str, value: Any, row: int) -> Any:
    """Return what a value says that was read without its row, as `values_list` reads it."""
    field: Any = model._meta.get_field(name)
    return field.unsealed_in(value, row) if isinstance(value, Sealed) else value


class Unsealing(DeferredAttribute):
    """Opens a sealed value when it is asked for, once a row."""

    field: "EncryptedText"
    # What `__set__` does is what a new row does by itself (`common/rows.py`).
    keeps_as_given = True

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if type(value) is Sealed:
            value = self.field.unsealed_in(value, instance.pk)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Keep a value; only with this does Python ask `__get__` for what the row holds already."""
        instance.__dict__[self.field.attname] = value


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """A text that rests sealed; `person` is the way from a row to the number of whose it is (`user_id`).

    Without it the text is nobody's own, and sealed by the key of the house. Written through `save()` and `bulk_create`
    only: the row's number must be known before (`numbers.NumberedField`).
    """

    descriptor_class = Unsealing
    mark_length = 0

    def __init__(self, *args: Any, person: str = "", **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"person": self.person}

    @property
    def place(self) -> str:
        """Return the name of the column, as what it seals is bound to it."""
        return f"{self.model._meta.db_table}.{self.column}"

    def whose(self, row: models.Model) -> int:
        if not self.person:
            return keys.HOUSE
        found: Any = row
        for step in self.person.split("."):
            found = getattr(found, step)
        return int(found)

    # Out of the database ----------------------------------------------------------------------------

    def from_db_value(self, value: Any, *rest: Any) -> Any:
        if value and self.is_sealed(value):
            keys.await_one(int(value.split("~", 3)[2]))
            return Sealed(value)
        return value

    def is_sealed(self, value: str) -> bool:
        return value.startswith(VERSION, self.mark_length)

    def unsealed_in(self, value: Sealed, row: int) -> Any:
        """Return what a row's value says; what is left when her key is gone is nothing."""
        plain = value.content(self.place, row)
        return (None if self.null else self.get_default()) if plain is None else self.of_plain(plain)

    # Into the database ------------------------------------------------------------------------------

    def at_rest(self, row: models.Model) -> Any:
        """Return a row's value as it rests; what was not opened stays as it is."""
        value = row.__dict__.get(self.attname, self.get_default())
        if isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        if not value:
            return value
        if row.pk is None:
            raise TypeError(f"{self.place} is bound to its row: give the model a NumberedField.")
        plain, mark = self.as_plain(value), self.mark_of(value)
        return seal(plain, column=self.place, row=row.pk, person=self.whose(row), mark=mark)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.at_rest(model_instance)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.text
        if not value:
            return value
        raise TypeError(f"{self.place} is encrypted: it is written through save(), not by update().")

    # What differs between texts, data and contacts --------------------------------------------------

    def as_plain(self, value: Any) -> bytes:
        return str(value).encode()

    def of_plain(self, plain: bytes) -> Any:
        return plain.decode()

    def mark_of(self, value: Any) -> str:
        return ""

    # Questions --------------------------------------------------------------------------------------

    def get_lookup(self, lookup_name: str) -> Any:
        asked = {"exact": IsEmpty, "sealed": IsSealed, "isnull": super().get_lookup("isnull")}
        return asked.get(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.at_rest(obj)))


class EncryptedJSON(EncryptedText):
    """Lists and dicts that rest sealed, as a text; an empty one rests as nothing, and is read as the default."""

    # What the type checker takes a value to be.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: Any, *rest: Any) -> Any:
        value = super().from_db_value(value, *rest)
        if isinstance(value, str):
            # In plain: of before it was sealed.
            return json.loads(value) if value else self.get_default()
        return value

    def as_plain(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def of_plain(self, plain: bytes) -> Any:
        return json.loads(plain)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value) or ""

    def to_python(self, value: Any) -> Any:
        return value


class EncryptedBytes(EncryptedText):
    """A file, or a mail as it came, that rests sealed, a third longer; nothing is read as b""."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, default: Any = b"", **kwargs: Any) -> None:
        super().__init__(*args, default=default, **kwargs)

    def from_db_value(self, value: Any, *rest: Any) -> Any:
        return super().from_db_value(value, *rest) or b""

    def as_plain(self, value: Any) -> bytes:
        return bytes(value)

    def of_plain(self, plain: bytes) -> Any:
        return plain

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value) or ""

    def to_python(self, value: Any) -> Any:
        return value


class EncryptedContact(EncryptedText):
    """An e-mail or a phone, sealed, with the mark by which it is found whole and is nobody else's."""

    mark_length = ring.MARK

    def at_rest(self, row: models.Model) -> Any:
        """Return a row's contact as it rests. One without a letter or a figure is none: it would be everybody's."""
        value = row.__dict__.get(self.attname, self.get_default())
        if type(value) is str and is_blank(value):
            return None if self.null else ""
        return super().at_rest(row)

    def mark_of(self, value: Any) -> str:
        return ring.writing("contacts").mark(f"{self.name}:{value.strip().lower()}")

    def marks_of(self, plain: str) -> list[str]:
        """Return the marks that a contact may have, while the keys of marks are being changed too."""
        return [key.mark(f"{self.name}:{plain.strip().lower()}") for key in ring.keys("contacts")]

    def get_lookup(self, lookup_name: str) -> Any:
        asked: dict[str, Any] = {"exact": HasMark, "iexact": HasMark, "in": HasMark}
        return asked.get(lookup_name) or super().get_lookup(lookup_name)


def is_blank(contact: str) -> bool:
    """Say whether nothing stands in a contact by which somebody could be known: no letter and no figure."""
    return not any(sign.isalnum() for sign in contact)


class MarkOf(models.Func):
    """The mark of a contact's column, for what is unique."""

    function = "SUBSTR"
    template = f"SUBSTR(%(expressions)s, 1, {ring.MARK})"
    arity = 1
    output_field = models.CharField()


class HasMark(Lookup):
    """Finds whole contacts: none of their parts can be asked for. No contact is nobody's: it finds no one.

    Also None, of which Django would make a question for all who have none.
    """

    lookup_name = "exact"
    prepare_rhs = False
    can_use_none_as_rhs = True

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = compiler.compile(self.lhs)
        field: EncryptedContact = self.lhs.output_field
        asked = [self.rhs] if self.rhs is None or isinstance(self.rhs, str) else list(self.rhs)
        marks = [mark for one in asked if one and not is_blank(one) for mark in field.marks_of(one)]
        if not marks:
            return "1 = 0", ()
        places = ", ".join(["%s"] * len(marks))
        return f"SUBSTR({column}, 1, {ring.MARK}) IN ({places})", (*params, *marks)


class IsEmpty(Lookup):
    """Asks whether nothing is written: the only thing that can be asked of an encrypted text."""

    lookup_name = "exact"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if self.rhs != "":
            raise TypeError(f"{self.lhs.output_field.place} is encrypted: nothing in it can be looked for.")
        column, params = compiler.compile(self.lhs)
        return f"{column} = ''", params


class IsSealed(Lookup):
    """Holds where a value is sealed, or a text is empty; for the database's own guard."""

    lookup_name = "sealed"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = compiler.compile(self.lhs)
        field: EncryptedText = self.lhs.output_field
        sealed = f"SUBSTR({column}, {field.mark_length + 1}, {len(VERSION)}) = '{VERSION}'"
        if field.mark_length:
            return sealed, params
        return f"({column} = '' OR {sealed})", (*params, *params)
