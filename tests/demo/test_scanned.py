"""Who opens the demonstration as reception finds a scan at work: one part filed by its sheet, one to be sorted."""

import pytest

from visavis.demo.roles import person
from visavis.documents.enums import State, Way
from visavis.documents.models import Document
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import Envelope, News
from visavis.scans import suggesting
from visavis.scans.enums import Doubt, PartState
from visavis.scans.models import Part

pytestmark = [pytest.mark.usefixtures("filled", "db")]


def test_reception_finds_a_letter_to_sort_and_its_words_say_whose_it_is() -> None:
    reception = person("reception")
    assert reception is not None
    part = Part.objects.visible_to(reception).to_sort().get(doubt=Doubt.NO_CODE)
    page = part.pages.select_related("scan").get()
    among = Jobseeker.objects.visible_to(reception)
    first = suggesting.suggested(page.words, among)[0]
    assert first.name == page.words.splitlines()[0]
    assert page.file is not None and page.width < page.height


def test_what_lay_behind_its_sheet_is_filed_to_be_checked_and_no_news_waits() -> None:
    part = Part.objects.get(state=PartState.FILED)
    document = Document.objects.get(pk=part.thing_id)
    assert (document.way, document.state, document.person_id) == (Way.PAPER, State.TO_CHECK, part.person_id)
    assert not News.objects.filter(thing="scan", told_at__isnull=True).exists()


def test_an_employer_s_answer_on_our_letter_waits_for_a_counsellor() -> None:
    part = Part.objects.to_sort().get(doubt=Doubt.EMPLOYER)
    envelope = Envelope.objects.select_related("news").get(pk=part.envelope_id)
    row = Introduction.objects.get(pk=envelope.news.thing_id)
    counsellor = row.jobseeker.counsellor
    assert counsellor is not None and Part.objects.visible_to(counsellor).filter(pk=part.pk).exists()
    assert (row.state, envelope.news.user_id) == ("put", part.person_id)
    assert envelope.news.told_at is not None
