"""What was told of introductions becomes news, whole: who, by which channel, when, how often tried."""

from django.db import migrations

A_TIME = 2_000
MOST_TRIES = 5


def state_of(telling):
    """Return where a piece of news stands, in the words of `news.News`."""
    if telling.told_at is not None:
        return "told" if telling.by_hand else "sent"
    if not telling.by_hand:
        return "waiting"
    return "failed" if telling.tries >= MOST_TRIES else "to-tell"


def role_of(telling):
    """Return as what the person was told."""
    jobseeker = telling.introduction.jobseeker
    if telling.user_id == jobseeker.user_id:
        return "jobseeker"
    return "counsellor" if telling.user_id == jobseeker.counsellor_id else "employer"


def to_news(apps, schema_editor):
    Telling, News = apps.get_model("introductions", "Telling"), apps.get_model("news", "News")
    rows = Telling.objects.order_by("pk").select_related("introduction__jobseeker", "introduction__vacancy")
    some = []
    for one in rows.iterator(chunk_size=A_TIME):
        some.append(
            News(
                user_id=one.user_id, role=role_of(one), kind=one.news, thing="introduction",
                thing_id=one.introduction_id, title=one.introduction.vacancy.title,
                link=f"/introductions/{one.introduction_id}/", channel=one.channel, state=state_of(one),
                at=one.at, tries=one.tries, told_at=one.told_at, told_by_id=one.told_by_id,
            )
        )
        if len(some) == A_TIME:
            News.objects.bulk_create(some)
            some = []
    News.objects.bulk_create(some)


def to_tellings(apps, schema_editor):
    """Back again: what is about an introduction that is gone stays gone."""
    Telling, News = apps.get_model("introductions", "Telling"), apps.get_model("news", "News")
    known = apps.get_model("introductions", "Introduction").objects.values("pk")
    rows = News.objects.filter(thing="introduction", thing_id__in=known).order_by("pk")
    Telling.objects.bulk_create(
        (
            Telling(
                introduction_id=one.thing_id, user_id=one.user_id, news=one.kind, channel=one.channel,
                by_hand=one.state in ("to-tell", "failed", "told"), at=one.at, tries=one.tries,
                told_at=one.told_at, told_by_id=one.told_by_id,
            )
            for one in rows.iterator(chunk_size=A_TIME)
        ),
        batch_size=A_TIME,
    )
    rows.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("introductions", "0001_introductions"), ("news", "0001_news"),
        ("jobseekers", "0004_found_by_change"), ("vacancies", "0004_languages"),
    ]
    operations = [migrations.RunPython(to_news, to_tellings)]
