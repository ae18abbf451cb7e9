"""What tests do on the database of a served process, as a program that stays: a line of JSON in, a line out."""

import json
import sys
import threading


def fill() -> str:
    """Put up people; print sessions of Amélie and of Bruno, with his second factor, and Amélie's number."""
    from tests import personas  # noqa: PLC0415  (Django must be set up)

    town = personas.build()
    keys = [town.client(name).cookies["sessionid"].value for name in ("amelie", "bruno")]
    return " ".join([*keys, str(town.people["amelie"].pk)])


def tell(topic: str, first: str, last: str) -> str:
    from visavis.live import services  # noqa: PLC0415  (Django must be set up)

    for number in range(int(first), int(last)):
        services.tell(topic, {"n": number}, key=f"{topic}-{number}")
    return str(services.newest())


def tell_one(user: str) -> str:
    from visavis.live import services  # noqa: PLC0415  (Django must be set up)

    services.tell("me", {"n": 1}, to=int(user))
    return "told"


def crowd(writers: str, each: str) -> str:
    """Let many write at once, in transactions of different lengths."""
    from django.db import connections, transaction  # noqa: PLC0415  (Django must be set up)

    from visavis.live import services  # noqa: PLC0415

    def write(writer: int) -> None:
        for number in range(int(each)):
            with transaction.atomic():
                services.tell("board:1", {"n": writer * 1000 + number})
                # The later it begins the sooner it ends.
                threading.Event().wait(0.02 * (writer % 3))
        connections.close_all()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(int(writers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "written"


def unguard() -> str:
    """Take the numbering at the commit away: what tests of the order must see."""
    from django.db import connection  # noqa: PLC0415  (Django must be set up)

    from visavis.live.numbering import BACK, CHANNEL  # noqa: PLC0415

    wake = f"""CREATE FUNCTION live_wake() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$;
      CREATE TRIGGER live_wake AFTER INSERT ON live_bulletin FOR EACH ROW EXECUTE FUNCTION live_wake();"""
    with connection.cursor() as cursor:
        cursor.execute(BACK + wake, None)
    return "open"


def sign_out(key: str) -> str:
    from importlib import import_module  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415  (Django must be set up)

    import_module(settings.SESSION_ENGINE).SessionStore(key).delete()
    return "out"


def throw_away() -> str:
    """Let an hour pass."""
    import datetime as dt  # noqa: PLC0415

    from visavis.live import services  # noqa: PLC0415  (Django must be set up)
    from visavis.live.models import Bulletin  # noqa: PLC0415

    Bulletin.objects.update(at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    return str(services.sweep())


if __name__ == "__main__":
    import django

    django.setup()
    for line in sys.stdin:
        act, *given = json.loads(line)
        sys.stdout.write(json.dumps(globals()[act](*given)) + "\n")
        sys.stdout.flush()
