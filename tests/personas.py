"""The same people everywhere."""

import datetime as dt
import unicodedata
import uuid
from dataclasses import asdict, dataclass, field
from importlib import import_module
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from django.utils.crypto import get_random_string

from tests import factories
from tests.at_the_door import AtTheDoor
from tests.town_parts import Parts
from visavis.agencies.models import Absence, Agency, Closure, Handover, Invitation, OpenDay
from visavis.common import clock
from visavis.cvs.models import CvReading
from visavis.cvs.reading.document import Fact
from visavis.documents.models import Document, Expected, Partial
from visavis.employers.models import Account, Joining
from visavis.introductions.enums import Side, State
from visavis.introductions.models import FollowUp, Hire, Introduction
from visavis.jobseekers.cards.deck import editions, rows
from visavis.jobseekers.models import Experience, Jobseeker, WantedOccupation
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.mail.fetching import store
from visavis.mailboxes.models import Broadcast, Incoming, Thread
from visavis.mailboxes.services import Written
from visavis.mailboxes.several import sending
from visavis.mailboxes.several.sending import Once
from visavis.matches.models import Correction, Match
from visavis.news.models import Batch, Envelope, News
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.people.services import mark_second_factor
from visavis.scans.models import Cover, Part, Scan
from visavis.searches.alerts import telling
from visavis.searches.models import Alert
from visavis.vacancies.models import Employer, Feed, FeedAddress, FeedFall, FeedRun, FeedUpload, Vacancy
from visavis.webhooks.models import Delivery, Endpoint

engine = import_module(settings.SESSION_ENGINE)

PERSONAS = (
    "visitor",
    "amelie",
    "gael",
    "bruno",
    "dario",
    "rosa",
    "hugo",
    "chloe",
    "emile",
    "nadia",
    "ines",
)


@dataclass
class Town(AtTheDoor, Parts):
    """Two agencies, two employers, and who lives around them.

    amelie: a jobseeker · gael: another jobseeker, of the other agency · bruno: her counsellor ·
    dario: a counsellor of the other agency, who must see nothing of hers · rosa: reception of her
    agency · hugo: its head · chloe: an employer · emile: another employer · nadia: the data
    protection officer · ines: a helper · visitor: nobody, not signed in.
    """

    agency: Agency
    other_agency: Agency
    employer: Employer
    other_employer: Employer
    jobseeker: Jobseeker
    other_jobseeker: Jobseeker
    vacancy: Vacancy
    draft: Vacancy
    people: dict[str, User] = field(default_factory=dict)
    # One for all browsers of a town: the middleware is laid out once, not once for each.
    handler: ClientHandler = field(
        default_factory=lambda: ClientHandler(enforce_csrf_checks=False), repr=False, compare=False
    )

    @property
    def job(self) -> Experience:
        """A job that Amélie held; there is none until a test asks."""
        return Experience.objects.get_or_create(jobseeker=self.jobseeker, title="Vendeuse")[0]

    @property
    def wish(self) -> WantedOccupation:
        """A wish of hers that nobody recognised; there is none until a test asks."""
        wish = WantedOccupation.objects.get_or_create(
            jobseeker=self.jobseeker, position=1, defaults={"typed": "gardienne de phare"}
        )
        return wish[0]

    @property
    def pack(self) -> SimpleNamespace:
        """The pack of cards in which DIY is, as its number; the catalogue has no card until a test asks."""
        factories.InterestFactory()
        packs = (pack for _number, pack, code in rows(editions()[-1]) if code == "interest:diy")
        return SimpleNamespace(pk=next(packs))

    @property
    def webhook(self) -> Endpoint:
        """A program of the agency that is told what happens; there is none until a test asks."""
        there = {"address": "https://programme.example/", "secret": "sealed"}
        return Endpoint.objects.get_or_create(agency=self.agency, **there)[0]

    @property
    def webhook_message(self) -> Delivery:
        """What it is told; there is nothing until a test asks."""
        return Delivery.objects.get_or_create(endpoint=self.webhook, kind="trial", body="{}")[0]

    @property
    def cv_reading(self) -> CvReading:
        """A CV of Amélie's read and not checked yet; there is none until a test asks."""
        facts = [
            asdict(
                Fact(
                    "job",
                    "Serveuse",
                    employer="Le Central",
                    start="2019-03",
                    is_current=True,
                    words="Serveuse",
                )
            )
        ]
        return CvReading.objects.get_or_create(
            jobseeker=self.jobseeker, kind="text", defaults={"facts": facts}
        )[0]

    @property
    def match(self) -> Match:
        """Her place in the list of the vacancy; there is none until a test asks."""
        pair = {"side": Match.Whose.VACANCY, "jobseeker": self.jobseeker, "vacancy": self.vacancy}
        return Match.objects.filter(**pair).first() or factories.MatchFactory(**pair)

    @property
    def introduction(self) -> Introduction:
        """Amélie’s wish, put to Chloé’s firm; there is none until a test asks."""
        said = {"origin": Side.JOBSEEKER, "state": State.PUT, "jobseeker_yes_at": clock.now()}
        pair = {"jobseeker": self.jobseeker, "vacancy": self.vacancy}
        return Introduction.objects.get_or_create(**pair, defaults=said | {"put_at": clock.now()})[0]

    @property
    def hired(self) -> Introduction:
        """Amélie hired by Chloé’s firm two months ago; she was not until a test asks."""
        now, long_ago = clock.now(), clock.now() - dt.timedelta(days=62)
        said = {"jobseeker_yes_at": long_ago, "put_at": long_ago, "employer_yes_at": long_ago}
        row, is_new = Introduction.objects.get_or_create(
            jobseeker=self.jobseeker,
            vacancy=self.vacancy,
            state=State.HIRED,
            defaults=said | {"origin": Side.JOBSEEKER, "closed_at": now},
        )
        if is_new:
            terms = {"kind": "permanent", "starts_on": long_ago.date(), "declared_side": Side.EMPLOYER}
            seat = {"confirmed_side": Side.JOBSEEKER, "confirmed_at": long_ago, "seat": 1}
            hire = Hire.objects.create(introduction=row, vacancy=self.vacancy, **terms, **seat)
            FollowUp.objects.create(hire=hire, months=1, due_on=(now - dt.timedelta(days=30)).date())
        return row

    @property
    def employer_account(self) -> Account:
        """The account of Chloé’s firm, open; there is none until a test asks."""
        said = {"name": self.employer.name, "origin": "agency", "state": "open", "kind": "setting-up"}
        kept = {"employer": self.employer, "defaults": said | {"contact": self.people["chloe"]}}
        return Account.objects.get_or_create(**kept)[0]

    @property
    def asked_account(self) -> Account:
        """Gaël asks for an account for his own shop; he has not until a test asks."""
        said = {"name": "Épicerie du Quai", "origin": "employer", "state": "asked"}
        kept = {"siret": "73282932000074", "defaults": said | {"contact": self.people["gael"]}}
        return Account.objects.get_or_create(**kept)[0]

    @property
    def employer_membership(self) -> Membership:
        """What makes Chloé one of her firm’s people."""
        self.employer_account  # noqa: B018  (asking for it makes it)
        return Membership.objects.get(user=self.people["chloe"], role=Role.EMPLOYER)

    @property
    def colleague(self) -> User:
        """Bruno, as the head of his agency finds him."""
        return self.people["bruno"]

    @property
    def absence(self) -> Absence:
        """Bruno is away next week; he is not until a test asks."""
        first = clock.today() + dt.timedelta(days=7)
        days = {"starts_on": first, "ends_on": first + dt.timedelta(days=4)}
        return Absence.objects.get_or_create(agency=self.agency, user=self.people["bruno"], defaults=days)[0]

    @property
    def closure(self) -> Closure:
        """The door is closed in ten days, for a day; it is not until a test asks."""
        first = clock.now() + dt.timedelta(days=10)
        said = {"starts_at": first, "ends_at": first + dt.timedelta(days=1), "reason": "Travaux"}
        return Closure.objects.get_or_create(agency=self.agency, ended_at=None, defaults=said)[0]

    @property
    def open_day(self) -> OpenDay:
        """In three weeks the hours of one day are its own; they are not until a test asks."""
        said = {"day": clock.today() + dt.timedelta(days=21), "spans": "09:00-12:00"}
        return OpenDay.objects.get_or_create(agency=self.agency, ended_at=None, defaults=said)[0]

    @property
    def invitation(self) -> Invitation:
        """Hugo has invited somebody to reception; he has not until a test asks."""
        said = {"name": "Colette", "role": Role.RECEPTION, "by": self.people["hugo"]}
        return Invitation.objects.get_or_create(agency=self.agency, digest="x", defaults=said)[0]

    @property
    def handover(self) -> Handover:
        """What Bruno handed over; nothing until a test asks."""
        return Handover.objects.get_or_create(
            agency=self.agency, former=self.people["bruno"], defaults={"state": "done"}
        )[0]

    @property
    def joining(self) -> Joining:
        """Amélie asks to join Chloé’s firm; she does not until a test asks."""
        return Joining.objects.get_or_create(account=self.employer_account, user=self.people["amelie"])[0]

    @property
    def by_agency(self) -> Vacancy:
        """A vacancy that the agency wrote for Chloé’s firm; there is none until a test asks."""
        kept = {"employer": self.employer, "is_by_agency": True}
        return Vacancy.objects.filter(**kept).first() or factories.VacancyFactory(**kept)

    @property
    def news(self) -> News:
        """News that Bruno has to tell Amélie by phone; there is none until a test asks."""
        her, row = self.people["amelie"], self.introduction
        found = News.objects.filter(user=her, thing_id=row.pk).first()
        return found or factories.NewsFactory(user=her, thing_id=row.pk)

    @property
    def envelope(self) -> Envelope:
        """The letter that tells Amélie her news, made by Bruno; there is none until a test asks."""
        kept = {"news": self.news, "digest": "x", "until": clock.today() + Envelope.LIFE}
        found = Envelope.objects.filter(digest="x").first()
        return found or Envelope.objects.create(batch=self.batch, address="x", code="x", **kept)

    @property
    def batch(self) -> Batch:
        """Letters that Bruno made; none until a test asks."""
        return Batch.objects.get_or_create(form=uuid.UUID(int=1), by=self.people["bruno"])[0]

    @property
    def amelies_account(self) -> User:
        return self.people["amelie"]

    @property
    def document(self) -> Document:
        """A document that Amélie sent and nobody has looked at; none until a test asks."""
        kept = {
            "person": self.people["amelie"],
            "kind": "work",
            "title": "x",
            "way": "web",
            "state": "received",
        }
        kept |= {"by": self.people["amelie"], "until": clock.today() + dt.timedelta(days=730)}
        return Document.objects.get_or_create(form=uuid.UUID(int=2), defaults=kept)[0]

    @property
    def partials_key(self) -> SimpleNamespace:
        """The address of a file that Amélie began to send; none until a test asks."""
        hers = {"person": self.people["amelie"], "by": self.people["amelie"]}
        return SimpleNamespace(pk=Partial.objects.get_or_create(**hers, defaults={"length": 9})[0].key)

    @property
    def expected(self) -> Expected:
        """A document that Bruno asks of Amélie; none until a test asks."""
        kept = {
            "person": self.people["amelie"],
            "kind": "diploma",
            "title": "x",
            "why": "x",
            "by": self.people["bruno"],
        }
        kept |= {"until": clock.today() + dt.timedelta(days=9)}
        return Expected.objects.get_or_create(form=uuid.UUID(int=3), defaults=kept)[0]

    @property
    def scan(self) -> Scan:
        """A scan given at the counter of the agency that cannot be opened; none until a test asks."""
        kept = {"file": uuid.UUID(int=5), "size": 1, "way": "dropped", "state": "stopped", "why": "damaged"}
        return Scan.objects.get_or_create(digest="x", defaults=kept | {"agency": self.agency})[0]

    @property
    def part(self) -> Part:
        """A page of it that waits to be sorted; none until a test asks."""
        kept = {"state": "to-sort", "doubt": "no-code"}
        return Part.objects.get_or_create(scan=self.scan, number=1, defaults=kept)[0]

    @property
    def cover(self) -> Cover:
        """A sheet for paper of Amélie, made by Bruno; none until a test asks."""
        kept = {"person": self.people["amelie"], "purpose": "message", "code": "x"}
        kept |= {"until": clock.today() + Cover.LIFE}
        return Cover.objects.get_or_create(digest="x", defaults=kept)[0]

    @property
    def thread(self) -> Thread:
        """What Amélie wrote to Bruno; nothing until a test asks."""
        found = Thread.objects.filter(person=self.people["amelie"]).first()
        if found is not None:
            return found
        written = Written(
            body="Je ne peux pas venir mardi.", voice=Voice.THEIRS, author=self.people["amelie"]
        )
        return mailboxes.begin(
            person=self.people["amelie"], subject="Mon rendez-vous", written=written, by=self.people["amelie"]
        ).thread

    @property
    def broadcast(self) -> Broadcast:
        """What Bruno wrote once to several people; nothing until a test asks."""
        found = Broadcast.objects.first()
        once = Once(subject="Fermeture", body="L’agence ferme vendredi.", form=uuid.uuid4())
        return found or sending.send(people=[self.jobseeker], once=once, by=self.people["bruno"])[0]

    @property
    def incoming(self) -> Incoming:
        """An e-mail of which nobody knows whose it is; there is none until a test asks."""
        store(
            b"From: inconnu@example.org\r\n\r\nBonjour",
            box="x",
            numbering=1,
            number=1,
            digest="0" * 64,
            size=40,
        )
        Incoming.objects.update(state=Incoming.State.TO_SORT)
        return Incoming.objects.earliest("pk")

    @property
    def alert(self) -> Alert:
        """A search that Amélie is told of; there is none until a test asks."""
        params = [["q", "boulanger"], ["commune", "26362"]]
        hers = Alert.objects.filter(user=self.people["amelie"])
        return hers.first() or Alert.objects.create(user=self.people["amelie"], params=params)

    @property
    def stop_link(self) -> SimpleNamespace:
        """The end of the link by which Amélie's messages about new openings are stopped."""
        return SimpleNamespace(
            pk=telling.stop_url(telling.news_of([self.alert])).rstrip("/").rsplit("/", 1)[-1]
        )

    @property
    def feed_run(self) -> FeedRun:
        """A reading of a feed; there is none until a test asks."""
        feed, _new = Feed.objects.get_or_create(name="feed", format="france-travail")
        return FeedRun.objects.get_or_create(feed=feed)[0]

    @property
    def fallen_run(self) -> FeedRun:
        """A reading that lost half of its source; there is none until a test asks."""
        run = self.feed_run
        FeedFall.objects.get_or_create(run=run, defaults={"before": 30, "left": 3})
        return run

    @property
    def feed_address(self) -> FeedAddress:
        """A source that is fetched each day; there is none until a test asks."""
        told = {"address": "https://source.example/offres.json", "due_at": clock.now()}
        return FeedAddress.objects.get_or_create(name="feed", defaults=told)[0]

    @property
    def feed_upload(self) -> FeedUpload:
        """A table put on the page of the feeds, whose file is gone; there is none until a test asks."""
        preview = {"columns": ["Poste", "Ville"], "values": [["Boulanger"], ["Valence"]], "rows": []}
        waiting = {"format": "csv", "file_name": "t.csv", "file": "feeds/t.csv", "preview": preview}
        return FeedUpload.objects.get_or_create(name="feed", defaults=waiting)[0]

    def client(self, persona: str) -> Client:
        """Return a browser in which the persona is signed in, with a second factor where one is asked."""
        client = Client()
        client.handler = self.handler
        if persona != "visitor":
            client.cookies[settings.SESSION_COOKIE_NAME] = signed_in(self.people[persona])
        return client

    @property
    def correction(self) -> Correction:
        """A correction of the baker's ideal profile; there is none until a test asks."""
        return Correction.objects.get_or_create(
            occupation=factories.OccupationFactory(), trait="skill:S0001", what="set-aside", ended_at=None
        )[0]


def signed_in(user: User) -> str:
    """Return the key of a session in which somebody is signed in, with a second factor where one is asked.

    The row is the one that the store would write, in one statement of our own: tests open ten thousand browsers.
    """
    session = engine.SessionStore(get_random_string(32, VALID_KEY_CHARS))
    data = {
        SESSION_KEY: user._meta.pk.value_to_string(user),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    session._session_cache = data
    mark_second_factor(session, "totp")
    row = session.create_model_instance(data)
    fields = row._meta.concrete_fields
    quote, places = connection.ops.quote_name, ", ".join(["%s"] * len(fields))
    columns = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(row._meta.db_table)} ({columns}) VALUES ({places})",
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields],
        )
    return str(session.session_key)


def fold(name: str) -> str:
    """Return a name as an address takes it: without accents."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def build() -> Town:
    """Make the town."""
    agency, other_agency = factories.AgencyFactory(), factories.AgencyFactory()
    employer, other_employer = factories.EmployerFactory(), factories.EmployerFactory()

    def person(name: str, role: Role, organisation: object = None) -> User:
        return factories.UserFactory(
            name=name, email=f"{fold(name)}@example.org", role=role, role__organisation=organisation
        )

    people = {
        "bruno": person("Bruno", Role.COUNSELLOR, agency.organisation),
        "dario": person("Dario", Role.COUNSELLOR, other_agency.organisation),
        "rosa": person("Rosa", Role.RECEPTION, agency.organisation),
        "hugo": person("Hugo", Role.HEAD, agency.organisation),
        "chloe": person("Chloé", Role.EMPLOYER, employer.organisation),
        "emile": person("Émile", Role.EMPLOYER, other_employer.organisation),
        "nadia": person("Nadia", Role.PROTECTION),
        "ines": person("Inès", Role.HELPER),
        "amelie": person("Amélie", Role.JOBSEEKER),
        "gael": person("Gaël", Role.JOBSEEKER),
    }
    jobseeker = factories.JobseekerFactory(user=people["amelie"], agency=agency, counsellor=people["bruno"])
    other = factories.JobseekerFactory(user=people["gael"], agency=other_agency, counsellor=people["dario"])
    vacancy = factories.VacancyFactory(employer=employer)
    draft = factories.VacancyFactory(employer=employer, draft=True, title="Brouillon")
    return Town(agency, other_agency, employer, other_employer, jobseeker, other, vacancy, draft, people)


def end_of(membership: Membership) -> None:
    """Let a role have ended yesterday."""
    yesterday = clock.today() - dt.timedelta(days=1)
    Membership.objects.filter(pk=membership.pk).update(starts_on=yesterday, ends_on=yesterday)
