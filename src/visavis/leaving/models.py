"""An account that is closed, until it is erased."""

import datetime as dt

from django.db import models

from visavis.common import clock
from visavis.people.models import User

UNDONE_FOR = dt.timedelta(days=30)


class Closing(models.Model):
    """One row = one account that is closed: nobody signs in or lists it; until `erased_on` it can come back."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="closing")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    erased_on = models.DateField()
