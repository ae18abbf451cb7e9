"""Choosing who follows a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.agencies.models import Agency
from visavis.jobseekers import assigning, permissions
from visavis.jobseekers.assigning import Colleague
from visavis.jobseekers.forms.people import ByName
from visavis.jobseekers.forms.question import NOT_OFFERED
from visavis.jobseekers.models import Jobseeker
from visavis.people.enums import Role
from visavis.people.models import User

NOBODY = "nobody"


class CounsellorForm(forms.Form):
    """A counsellor of the agency, or nobody yet; and for the head, another agency."""

    use_required_attribute = False

    counsellor = forms.ChoiceField(
        label=gettext_lazy("Counsellor"),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": NOT_OFFERED,
            "required": gettext_lazy("Choose a counsellor, or “Nobody yet”."),
        },
    )
    agency = ByName(
        label=gettext_lazy("Agency"),
        help_text=gettext_lazy(
            "To send the person to another agency, choose it here and “Nobody yet” above. "
            "Its head will choose a counsellor."
        ),
        queryset=Agency.objects.all(),
        empty_label=None,
        error_messages={
            "invalid_choice": NOT_OFFERED,
            "required": gettext_lazy("Choose the agency."),
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, jobseeker: Jobseeker, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jobseeker = jobseeker
        may_move = permissions.can_move(by, jobseeker)
        near = jobseeker.agency or assigning.nearest_agency(jobseeker) or Agency.objects.headed_by(by).first()
        organisations = here(jobseeker, by)
        self.colleagues = {str(one.user.pk): one for one in assigning.colleagues(organisations)}
        chosen = str(jobseeker.counsellor_id)
        field = self.fields["counsellor"]
        field.choices = [  # type: ignore[attr-defined]
            *((key, words(one, with_agency=len(organisations) > 1)) for key, one in self.colleagues.items()),
            (NOBODY, _("Nobody yet")),
        ]
        field.initial = chosen if chosen in self.colleagues else NOBODY
        self.fields["agency"].initial = near
        self.fields["seen"].initial = assigning.choice(jobseeker)
        if not may_move:
            del self.fields["agency"]

    def clean_seen(self) -> str:
        """Take what is missing for what stands now."""
        return self.cleaned_data["seen"] or assigning.choice(self.jobseeker)

    def clean(self) -> dict[str, Any]:
        """Keep her agency when the actor may not choose another."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "agency" not in self.fields:
            cleaned["agency"] = self.jobseeker.agency
        return cleaned

    @property
    def chosen_counsellor(self) -> User | None:
        chosen = self.colleagues.get(self.cleaned_data["counsellor"])
        return chosen.user if chosen else None


def here(jobseeker: Jobseeker, by: User) -> list[int]:
    """Return the organisations whose counsellors may be chosen: her agency, and those that the actor heads."""
    heads = by.organisation_ids(Role.HEAD) if permissions.can_move(by, jobseeker) else []
    hers = [jobseeker.agency.organisation_id] if jobseeker.agency else []
    return [*hers, *(pk for pk in heads if pk not in hers)]


def words(colleague: Colleague, *, with_agency: bool) -> str:
    """Say who a counsellor is, where he works when it may be elsewhere, and how many people he follows."""
    name = colleague.user.name + (f" ({', '.join(colleague.agencies)})" if with_agency else "")
    if not colleague.follows:
        return _("%(name)s: follows nobody yet") % {"name": name}
    counted = ngettext(
        "%(name)s: follows %(number)s person", "%(name)s: follows %(number)s people", colleague.follows
    )
    return counted % {"name": name, "number": colleague.follows}
