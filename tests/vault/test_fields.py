"""What is encrypted: who has the rows alone reads nothing, and nothing opens where it was not written."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext, isolate_apps

from tests import factories
from visavis.jobseekers.models import Jobseeker
from visavis.vault import keys
from visavis.vault.fields import EncryptedBytes, EncryptedJSON, Sealed, Tampered, unsealed
from visavis.vault.models import PersonKey

pytestmark = pytest.mark.django_db

WORDS = "J’élève des escargots à Crest, « vraiment »."


def resting(row: Jobseeker) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT about FROM jobseekers_jobseeker WHERE id = %s", [row.pk])
        return str(cursor.fetchone()[0])


def again(row: Jobseeker) -> Jobseeker:
    keys.forget()
    return Jobseeker.objects.get(pk=row.pk)


@pytest.fixture
def row(db: None) -> Jobseeker:
    made: Jobseeker = factories.JobseekerFactory(about=WORDS)
    return made


def test_own_words_rest_sealed_and_are_read_as_they_were_written(row: Jobseeker) -> None:
    before = resting(row)
    assert row.about == WORDS and again(row).about == WORDS
    assert "escargots" not in before and before.startswith(f"~1~{row.user_id}~")
    row.save()
    assert resting(row) != before, "the same words never rest as the same"
    # What was not opened stays as it is when the row is saved, and no key is asked for before a word is.
    before = resting(row)
    again(row).save()
    assert resting(row) == before
    with CaptureQueriesContext(connection) as asked:
        again(row)
    assert len(asked) == 1
    # Nothing written says only that.
    row.about = ""
    row.save(update_fields=["about"])
    assert resting(row) == "" and again(row).about == ""
    assert list(Jobseeker.objects.filter(about="")) == [row]


def test_a_value_moved_to_another_row_column_or_person_does_not_open(row: Jobseeker) -> None:
    other = factories.JobseekerFactory(about="Rien.")
    Jobseeker.objects.filter(pk=other.pk).update(about=Sealed(resting(row)))
    with pytest.raises(Tampered):
        _ = again(other).about
    value = Sealed(resting(row))
    assert value.plain("jobseekers_jobseeker.about", row.pk) == WORDS
    for column, number in (("jobseekers_jobseeker.note", row.pk), ("jobseekers_jobseeker.about", row.pk + 1)):
        with pytest.raises(Tampered):
            value.plain(column, number)
    stolen = Sealed(resting(row).replace(f"~1~{row.user_id}~", f"~1~{other.user_id}~"))
    with pytest.raises(Tampered):
        stolen.plain("jobseekers_jobseeker.about", row.pk)


def test_a_key_moved_to_another_person_opens_nothing_nor_does_one_that_is_erased(row: Jobseeker) -> None:
    other = factories.JobseekerFactory(about="Rien.")
    hers, kept = PersonKey.objects.get(pk=row.user_id), resting(row)
    PersonKey.objects.filter(pk=other.user_id).update(wrapped=hers.wrapped)
    with pytest.raises(Exception):  # noqa: B017
        _ = again(other).about
    keys.erase(row.user_id)
    assert again(row).about == ""
    assert Sealed(kept).plain("jobseekers_jobseeker.about", row.pk) is None, "in a copy"


@pytest.mark.database
def test_the_database_and_update_refuse_plain_words(row: Jobseeker) -> None:
    with pytest.raises(TypeError, match="save"), transaction.atomic():
        Jobseeker.objects.filter(pk=row.pk).update(about="Bonjour.")
    with pytest.raises(TypeError, match="nothing in it can be looked for"):
        Jobseeker.objects.filter(about="Bonjour.").exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE jobseekers_jobseeker SET about = 'Bonjour.' WHERE id = %s", [row.pk])


def test_a_whole_list_asks_for_its_keys_at_once() -> None:
    # Rows written together get numbers and seals.
    users = [factories.UserFactory() for _number in range(5)]
    rows = Jobseeker.objects.bulk_create(
        Jobseeker(user=user, about=f"Mot {number}") for number, user in enumerate(users)
    )
    assert len({one.pk for one in rows}) == 5
    keys.forget()
    with CaptureQueriesContext(connection) as asked:
        words = {one.pk: one.about for one in Jobseeker.objects.all()}
    assert words == {one.pk: one.about for one in rows} and len(asked) == 2
    # Values read without their row open with its number.
    value = Jobseeker.objects.values_list("about", flat=True).get(pk=rows[0].pk)
    assert isinstance(value, Sealed) and "•" in str(value) and "•" in repr(value)
    assert unsealed(Jobseeker, "about", value, rows[0].pk) == "Mot 0"


@pytest.mark.database
def test_a_key_taken_back_with_its_transaction_seals_nothing_later() -> None:
    try:
        with transaction.atomic():
            person = factories.JobseekerFactory(about=WORDS).user_id
            raise RuntimeError
    except RuntimeError:
        pass
    row = factories.JobseekerFactory(about=WORDS)
    assert again(row).about == WORDS
    assert PersonKey.objects.filter(pk=person).exists() == (person == row.user_id)


@isolate_apps("visavis.vault")
def test_data_and_files_that_are_nobodys_own_are_sealed_by_the_key_of_the_house() -> None:
    class Kept(models.Model):
        said = EncryptedJSON(blank=True, default=list)
        raw = EncryptedBytes(blank=True)

        class Meta:
            app_label = "vault"

    for name, value in (("said", [{"né": "à Crest"}, 3]), ("raw", b"\x00\xffFrom: a@example.org\r\n")):
        field = Kept._meta.get_field(name)
        resting = field.get_prep_value(field.at_rest(Kept(pk=4, **{name: value})))  # type: ignore[union-attr]
        assert resting.startswith("~1~0~") and "Crest" not in resting and "example" not in resting
        read = Kept(pk=4, **{name: field.from_db_value(resting)})  # type: ignore[union-attr]
        assert getattr(read, name) == value
        assert field.get_prep_value(field.at_rest(Kept(pk=4))) == ""  # type: ignore[union-attr]
        assert field.from_db_value("") == type(value)()  # type: ignore[union-attr]
    assert PersonKey.objects.filter(pk=keys.HOUSE).exists()
