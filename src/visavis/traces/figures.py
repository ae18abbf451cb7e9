"""What may be published of the reports: read by pages and by ideal profiles."""

from visavis.traces.models import Figure


def shares(family_code: str) -> list[tuple[str, float, float, float]]:
    """Return what is published of a family of occupations ("M18"): (interest code, share, low, high), best first.

    Of the latest quarter that has figures of that family; an interest that may not be published is left out, and
    the list is empty when none may. Shares and intervals are in [0, 1]; an interval holds the share of people of
    the family who name the interest among five, 95 times in a hundred.
    """
    of_group = Figure.objects.filter(group=family_code.lower())
    latest = of_group.order_by("-period__starts_on").values_list("period", flat=True).first()
    if latest is None:
        return []
    found = of_group.filter(period=latest).order_by("-share", "interest")
    return list(found.values_list("interest", "share", "low", "high"))
