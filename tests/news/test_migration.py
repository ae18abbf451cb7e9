"""What introductions had told before news was an app of its own is news now, and can become theirs again."""

import pytest
from django.db import connection

from tests.common.migrating import latest, migrate, models_of
from tests.personas import Town
from visavis.common import clock
from visavis.news.models import News

pytestmark = pytest.mark.database

BEFORE = [("introductions", "0001_introductions")]
AFTER = [("introductions", "0003_no_more_telling")]


# SQLite changes no table inside a transaction; PostgreSQL does, and would refuse to empty the journal after it.
@pytest.mark.again("postgresql")
@pytest.mark.django_db(transaction=connection.vendor == "sqlite")
def test_every_telling_becomes_news_and_back(town: Town) -> None:
    row, her, him = town.introduction, town.people["amelie"], town.people["chloe"]
    counsellor, now = town.people["bruno"], clock.now()
    migrate(BEFORE)
    try:
        telling = models_of(BEFORE).get_model("introductions", "Telling").objects
        told = {"introduction_id": row.pk, "at": now}
        for fields in (
            {"user_id": her.pk, "news": "time", "channel": "phone", "by_hand": True},
            {"user_id": her.pk, "news": "agreed", "channel": "web", "tries": 1, "told_at": now},
            {"user_id": him.pk, "news": "to-answer", "channel": "web", "tries": 2},
            {"user_id": him.pk, "news": "agreed", "channel": "web", "tries": 5, "by_hand": True},
            {
                "user_id": counsellor.pk, "news": "disputed", "channel": "post", "by_hand": True,
                "told_at": now, "told_by_id": counsellor.pk,
            },
        ):  # fmt: skip
            telling.create(**told, **fields)
        before = list(telling.order_by("pk").values())
        migrate(AFTER)
        columns = ("user", "role", "kind", "state", "tries", "told_at", "told_by")
        assert list(News.objects.order_by("pk").values_list(*columns)) == [
            (her.pk, "jobseeker", "time", "to-tell", 0, None, None),
            (her.pk, "jobseeker", "agreed", "sent", 1, now, None),
            (him.pk, "employer", "to-answer", "waiting", 2, None, None),
            (him.pk, "employer", "agreed", "failed", 5, None, None),
            (counsellor.pk, "counsellor", "disputed", "told", 0, now, counsellor.pk),
        ]
        whole = News.objects.filter(thing="introduction", thing_id=row.pk, at=now, link=row.url)
        assert [one.title for one in whole] == [row.vacancy.title] * 5
        migrate(BEFORE)
        again = telling.order_by("pk").values()
        assert [one | {"id": 0} for one in again] == [one | {"id": 0} for one in before]
        assert not News.objects.exists()
    finally:
        # To the last of every app: the tests that come meet the tables of today.
        migrate(latest())
