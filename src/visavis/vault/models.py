"""A key a person: what is hers is sealed by it, and erasing it erases all of it, wherever copies lie."""

from django.db import models


class PersonKey(models.Model):
    """One row = the key of one account, by its number, wrapped by a key of the installation's ring.

    No foreign key: it is drawn before the account's own row, and is left out of the ordinary backup
    (docs/decisions/2026-11-27-a-key-a-person.md).
    """

    person_id = models.BigIntegerField(primary_key=True)
    ring = models.CharField(max_length=8, db_index=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of {self.person_id}"
