"""Meetings that are agreed on become times of their own, under the name that calendars know already."""

import datetime as dt

from django.db import migrations

USUAL_MINUTES, STEP_S = 30, 300


def begin(apps, schema_editor):
    Introduction = apps.get_model("introductions", "Introduction")
    Meeting = apps.get_model("appointments", "Meeting")
    Quantum = apps.get_model("appointments", "Quantum")
    now = dt.datetime.now(dt.UTC)
    agreed = Introduction.objects.filter(
        state="interview", meeting_at__isnull=False, meeting_agreed_at__isnull=False, meeting__isnull=True
    )
    rows = agreed.values_list("pk", "version", "jobseeker__user", "meeting_at", "meeting_minutes")
    for number, version, person, starts_at, minutes in list(rows):
        ends_at = starts_at + dt.timedelta(minutes=minutes or USUAL_MINUTES)
        row = Meeting.objects.create(
            person_id=person, starts_at=starts_at, ends_at=ends_at, uid=f"meeting-{number}", sequence=version
        )
        Introduction.objects.filter(pk=number).update(meeting=row)
        if starts_at > now:
            first, last = int(starts_at.timestamp()) // STEP_S, int(ends_at.timestamp() - 1) // STEP_S + 1
            # Who is in two places already stays so: nothing that was agreed on is taken back.
            Quantum.objects.bulk_create(
                [Quantum(at=at, person_id=person, meeting=row) for at in range(first, last)],
                ignore_conflicts=True,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("introductions", "0012_meetings_are_appointments"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
