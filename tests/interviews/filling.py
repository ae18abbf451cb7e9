"""Put up the town with an appointment by video in five minutes, as a program: prints who comes in by which session."""

import io
import json
import sys


def fill() -> dict[str, object]:
    import uuid  # noqa: PLC0415

    from PIL import Image, ImageDraw  # noqa: PLC0415

    from tests import personas  # noqa: PLC0415  (Django must be set up)
    from visavis.common import clock  # noqa: PLC0415
    from visavis.documents import files  # noqa: PLC0415
    from visavis.documents.models import Document  # noqa: PLC0415
    from visavis.interviews import services  # noqa: PLC0415

    town = personas.build()
    her = town.people["amelie"]
    appointment = town.appointment_by_video
    document = Document.objects.create(
        person=her, kind="work", title="Attestation", way="web", state="checked",
        until=clock.today(), form=uuid.uuid4(),
    )  # fmt: skip
    for number in (1, 2):
        drawn = io.BytesIO()
        picture = Image.new("RGB", (600, 800), "white")
        ImageDraw.Draw(picture).text((40, 40), f"page {number}", fill="black")
        picture.save(drawn, "JPEG")
        file = files.keep(drawn.getvalue(), person=her.pk)
        document.pages.create(number=number, file=file, width=600, height=800)
    room = services.of(appointment=appointment, by=None)
    beside = services.invite(interview=room, sitter=services.Sitter.INTERPRETER, name="Mme Sow", by=her)
    seats = {str(one.number): one.url for one in room.seats.order_by("number")}
    link = room.seats.get(number=2).link_url
    keys = {name: town.client(name).cookies["sessionid"].value for name in ("amelie", "bruno")}
    return {"keys": keys, "seats": seats, "link": link, "beside": beside.url, "appointment": appointment.pk}


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--no-input", verbosity=0)
    sys.stdout.write(json.dumps(fill()))
