"""The words of "What we know and how" that are tables: who sees what, for how long, and law by law."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """One line: what, and what we do about it."""

    label: str
    value: str


def seen() -> list[Line]:
    """Say who sees what."""
    return [
        Line(
            _("You, on your device"),
            _("Everything: each interest, why it was recognised, what left, byte for byte."),
        ),
        Line(
            _("The service’s computers"),
            _(
                "The interests that you put in your file yourself. That a permit was given to you this quarter."
                " And, with no link to you, reports drawn by chance."
            ),
        ),
        Line(
            _("Your counsellor, reception, heads of agency"),
            _(
                "The interests in your file, like any answer of yours. Neither permits nor reports: whether you have"
                " the companion shows nowhere."
            ),
        ),
        Line(
            _("Whoever runs the service’s computers"),
            _("Could read in the database to whom a permit was given, and never which report is whose."),
        ),
        Line(_("Employers"), _("Nothing of this, ever.")),
        Line(_("Everybody"), _("Shares among many people, with their intervals.")),
    ]


def kept() -> list[Line]:
    """Say how long each thing is kept."""
    return [
        Line(_("Traces on your device"), _("Until you delete them. They fade week after week.")),
        Line(_("Your consent on your device"), _("Twelve months, then you are asked again.")),
        Line(
            _("A permit"),
            _(
                "The quarter and its ε: as long as your account, or the limit of your life could not be held. What was"
                " signed, unseen: until the quarter is counted."
            ),
        ),
        Line(_("A report"), _("Until its quarter is counted, a month after its end. Then only counts stay.")),
        Line(_("Counts and figures"), _("As long as the service: they are about nobody in particular.")),
    ]


def articles() -> list[Line]:
    """Say law by law what we do. Short: the law's own words are elsewhere."""
    return [*data_protection(), *secrecy(), *machines()]


def data_protection() -> list[Line]:
    return [
        Line(
            _("GDPR, article 6: why we may"),
            _(
                "Your consent, purpose by purpose: sites, mails, reports. Refusing costs nothing: no page, no list, no"
                " help and no allowance changes, and no counsellor can tell."
            ),
        ),
        Line(
            _("GDPR, article 7: a consent that counts"),
            _(
                "Asked before anything is read, off at first, kept with the words you were shown. Withdrawn in one"
                " click on the device, asked again after twelve months."
            ),
        ),
        Line(
            _("GDPR, article 9: sensitive data"),
            _(
                "Health, religion, opinions, unions, sexuality, origin: the companion’s lists hold none of them, so"
                " none can be recognised. What an interest may suggest is bounded by ε too."
            ),
        ),
        Line(_("GDPR, article 13: telling"), _("This page, and the one the companion opens first.")),
        Line(
            _("GDPR, articles 15 to 21: your rights"),
            _(
                "Your permits are in your own export and below. A report cannot be found from your name: you can empty"
                " it from your device, which still holds its permit, until its quarter is counted."
            ),
        ),
        Line(
            _("GDPR, article 22: no decision by a machine alone"),
            _(
                "An interest never lowers a score, never hides an opening, and no employer sees it. It helps you to"
                " discover, and you decide."
            ),
        ),
        Line(
            _("GDPR, article 25: protected by design"),
            _(
                "Your device draws by chance before anything leaves. We never hold what you like, unless you write it"
                " in your file."
            ),
        ),
        Line(
            _("GDPR, article 35: impact assessment"),
            _(
                "Watching habits on a large scale asks for one before the service starts. Whoever runs this service"
                " must make it; the limits told above belong in it."
            ),
        ),
    ]


def secrecy() -> list[Line]:
    return [
        Line(
            _("ePrivacy directive, article 5(3); French law of 6 January 1978, article 82"),
            _(
                "Reading on your device, even what stays there, asks for your consent first: the companion does"
                " nothing before it."
            ),
        ),
        Line(
            _("French code of posts and electronic communications, article L. 32-3"),
            _(
                "Mails are read by a machine only with your express consent, for this purpose alone, renewed each"
                " year. No sender, no subject, no address, no sentence is kept: words of a closed list only."
            ),
        ),
    ]


def machines() -> list[Line]:
    return [
        Line(
            _("Regulation on artificial intelligence, annex III, point 4"),
            _(
                "Sorting vacancies and people for work is of high risk. Each reason is told; people can correct and"
                " overrule. What was shown is recorded; gaps between groups are measured and published."
            ),
        ),
    ]
