"""Two files of one person become one: nobody is introduced twice to one opening."""

from django.db.models import Count
from django.utils.translation import gettext as _

from visavis.introductions.models import Introduction


def to_one_opening(stays: int, goes: int) -> str:
    """Refuse while both are being introduced to one opening."""
    both = Introduction.objects.open().filter(jobseeker__user__in=[stays, goes]).order_by()
    twice = both.values("vacancy").annotate(n=Count("jobseeker", distinct=True)).filter(n__gt=1)
    vacancy = twice.values_list("vacancy__title", flat=True).first()
    if vacancy is None:
        return ""
    return _("Both are introduced to the same opening: %(title)s. End one of the two first.") % {
        "title": vacancy
    }
