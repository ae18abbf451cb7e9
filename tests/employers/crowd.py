"""Several people asking at the same moment for one employer: a scene that test_at_once.py has played."""

import sys
from functools import partial
from typing import Any

from tests.common.at_once import Found, at_once, play

ASKING, BASE = 8, "7328293200"


def one_siret(town: Any) -> Found:
    """Each asks for an account of the same SIRET, which nobody has yet."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.employers import services, siret  # noqa: PLC0415
    from visavis.employers.models import Account, Joining, Step  # noqa: PLC0415

    taken = set(Account.objects.values_list("siret", flat=True))
    place = next(
        one for number in range(9_999) if siret.has_its_key(one := f"{BASE}{number:04}") and one not in taken
    )
    people = [factories.UserFactory() for _number in range(ASKING)]
    asked = services.Asked(name="Boulangerie du Port", siret=place, phone="+33475000000")
    told = at_once([partial(services.ask, asked=asked, contact=one, by=one) for one in people], ASKING)
    rows = Account.objects.filter(siret=place)
    return {
        "told": told,
        "accounts": rows.count(),
        "joining": Joining.objects.filter(account__in=rows, state=Joining.State.ASKED).count(),
        "steps": Step.objects.filter(account__in=rows).count(),
    }


SCENES = {"one-siret": (one_siret, [("employers.Account", "one_living_account_a_siret")])}

if __name__ == "__main__":
    play(*SCENES[sys.argv[1]])
