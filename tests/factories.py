"""Makers of rows for the tests, with traits; no JSON fixtures."""

from typing import Any, ClassVar

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from visavis.agencies.models import Agency
from visavis.catalog.models import Commune, Department, Domain, Interest, Occupation, Region, Skill, Title
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches.making import places
from visavis.matches.models import Edition, Match, packing
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, Organisation, User
from visavis.vacancies.models import Employer, Vacancy


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "84"
    name = "Auvergne-Rhône-Alpes"


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = "26"
    name = "Drôme"
    region = factory.SubFactory(RegionFactory)


class CommuneFactory(DjangoModelFactory[Commune]):
    class Meta:
        model = Commune
        django_get_or_create = ("code",)

    code = "26362"
    name = "Valence"
    folded = "valence"
    department = factory.SubFactory(DepartmentFactory)
    population = 64_000
    latitude = 44.9333
    longitude = 4.8917


class DomainFactory(DjangoModelFactory[Domain]):
    class Meta:
        model = Domain
        django_get_or_create = ("code",)

    code = "D"
    label_fr = "Commerce, vente et grande distribution"
    label_en = "Trade, sales and retail"


class OccupationFactory(DjangoModelFactory[Occupation]):
    class Meta:
        model = Occupation
        django_get_or_create = ("code",)

    code = "D1102"
    label_fr = "Boulanger / Boulangère"
    label_en = "Baker"
    domain = factory.SubFactory(DomainFactory)
    source = "starter"


class TitleFactory(DjangoModelFactory[Title]):
    class Meta:
        model = Title
        django_get_or_create = ("code",)

    code = "T1"
    occupation = factory.SubFactory(OccupationFactory)
    label = "Boulanger / Boulangère"
    language = "fr"
    source = "starter"


class SkillFactory(DjangoModelFactory[Skill]):
    class Meta:
        model = Skill
        django_get_or_create = ("code",)

    code = "S0001"
    label_fr = "Pétrir la pâte"
    label_en = "Knead dough"
    kind = Skill.Kind.KNOW_HOW
    source = "starter"


class InterestFactory(DjangoModelFactory[Interest]):
    class Meta:
        model = Interest
        django_get_or_create = ("code",)

    code = "interest:diy"
    kind = Interest.Kind.CENTRE
    label_fr = "Bricolage"
    label_en = "DIY"
    riasec = "R"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Personne {n}")
    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    password = factory.LazyFunction(lambda: make_password(None))

    @factory.post_generation
    def role(self, create: bool, given: Role | None, **more: Any) -> None:
        """`role=Role.COUNSELLOR, role__organisation=…` gives a membership."""
        if create and given:
            Membership.objects.create(user=self, role=given, organisation=more.get("organisation"))  # type: ignore[misc]


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"Agence {n}")
    organisation = factory.LazyAttribute(lambda a: Organisation.objects.create(kind="agency", name=a.name))
    address = "1 place de la Gare"
    commune = factory.SubFactory(CommuneFactory)
    phone = "0475000000"
    opening_hours = "Mo-Fr 08:30-12:30,13:30-17:00"


class EmployerFactory(DjangoModelFactory[Employer]):
    class Meta:
        model = Employer

    name = factory.Sequence(lambda n: f"Employeur {n}")
    organisation = factory.LazyAttribute(lambda e: Organisation.objects.create(kind="employer", name=e.name))
    commune = factory.SubFactory(CommuneFactory)


class JobseekerFactory(DjangoModelFactory[Jobseeker]):
    class Meta:
        model = Jobseeker

    user = factory.SubFactory(UserFactory, role=Role.JOBSEEKER)
    agency = factory.SubFactory(AgencyFactory)
    commune = factory.SubFactory(CommuneFactory)


class VacancyFactory(DjangoModelFactory[Vacancy]):
    class Meta:
        model = Vacancy

    class Params:
        draft = factory.Trait(state=Vacancy.State.DRAFT)
        from_feed = factory.Trait(feed_key="X1")

    employer = factory.SubFactory(EmployerFactory)
    state = Vacancy.State.OPEN
    title = "Boulanger"
    occupation = factory.SubFactory(OccupationFactory)
    commune = factory.SubFactory(CommuneFactory)
    latitude = 44.9333
    longitude = 4.8917
    contract = "permanent"


class MatchFactory(DjangoModelFactory[Match]):
    class Meta:
        model = Match

    edition = factory.LazyFunction(lambda: Edition.objects.served())
    side = Match.Whose.JOBSEEKER
    jobseeker = factory.SubFactory(JobseekerFactory)
    vacancy = factory.SubFactory(VacancyFactory)
    rank = 1
    score = 1.0
    reasons: ClassVar[list[object]] = []
    engine_version = ""
    made_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Match], *args: object, **place: Any) -> Match:
        """Put one place into a list, as by day."""
        side, edition = place["side"], place["edition"]
        owner, other = place["jobseeker"].pk, place["vacancy"].pk
        if side == Match.Whose.VACANCY:
            owner, other = other, owner
        shelf = places.shelves_of(edition, side, [owner])[owner]
        told = {
            "at": place["made_at"].isoformat(),
            "version": place["engine_version"],
            "reasons": place["reasons"],
        }
        slot, values = (
            shelf.kept.next_slot,
            packing.Values(place["score"], place.get("worth", place["score"])),
        )
        shelf.kept.next_slot += 1
        shelf.rows.insert(place["rank"] - 1, places.Row(other, slot, values, told))
        places.save(edition, side, [shelf])
        return Match.everything.get(
            edition=edition, side=side, jobseeker=place["jobseeker"], vacancy=place["vacancy"]
        )


class NewsFactory(DjangoModelFactory[News]):
    """News of an introduction, which somebody has to tell by phone."""

    class Meta:
        model = News

    class Params:
        is_told = factory.Trait(state=News.State.TOLD, told_at=factory.LazyFunction(clock.now))
        to_send = factory.Trait(state=News.State.WAITING, channel=Channel.WEB)

    user = factory.SubFactory(UserFactory)
    role = Role.JOBSEEKER
    kind = "time"
    thing = "introduction"
    thing_id = 1
    title = "Boulanger"
    link = "/introductions/1/"
    channel = Channel.PHONE
    state = News.State.TO_TELL
