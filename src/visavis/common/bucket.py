"""A store that speaks S3: opened at an address with its key, and what it refuses said in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from visavis.common.errors import Refused

SCHEME = "s3://"
# Longer than the largest part of a small town takes; a store that says nothing for so long is given up.
TIME_OUT, TRIES = "300s", 5


class NoStore(Refused):
    """The store cannot be reached, or is not told of in the settings."""


class Missing(NoStore):
    """What is asked for is not in the store."""


def is_store(place: str) -> bool:
    """Say whether a place is in a store."""
    return place.startswith(SCHEME)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Say in a sentence that a store failed. Its own words are left out: they may quote keys and addresses."""
    from obstore.exceptions import BaseError, NotFoundError  # noqa: PLC0415  (an extra)

    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise Missing(f"{place} is not there, or something in it is missing.") from error
    except BaseError as error:
        kind = type(error).__name__.removesuffix("Error")
        raise NoStore(
            f"{place} cannot be used ({kind}): look at VISAVIS_S3, its key, and the network."
        ) from error


def reached(place: str, told_of: str, *, time_out: str = TIME_OUT, tries: int = TRIES) -> Any:
    """Open a place of a store at an address with its key. Raises NoStore."""
    try:
        from obstore.store import S3Store  # noqa: PLC0415  (an extra: only who saves elsewhere needs it)
    except ImportError as error:
        raise NoStore("A store needs an optional package: install visavis[s3].") from error
    address, where = urlsplit(told_of), urlsplit(place)
    if not (address.hostname and address.username and address.password and where.netloc):
        raise NoStore("Write VISAVIS_S3=https://KEY:SECRET@host and the place as s3://bucket/folder.")
    port = f":{address.port}" if address.port else ""
    return S3Store(
        where.netloc,
        prefix=where.path.strip("/") or None,
        endpoint=f"{address.scheme}://{address.hostname}{port}",
        access_key_id=unquote(address.username),
        secret_access_key=unquote(address.password),
        region=parse_qs(address.query).get("region", ["us-east-1"])[0],
        client_options={"allow_http": address.scheme == "http", "timeout": time_out},
        retry_config={"max_retries": tries},
    )
