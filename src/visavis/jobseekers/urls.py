"""Addresses of jobseekers: her own profile, and the people of an agency."""

from django.urls import URLPattern, path

from visavis.jobseekers.views import (
    admission,
    cards,
    counsellor,
    jobs,
    leaving,
    letter,
    looking,
    occupations,
    paper,
    people,
    profile,
    question,
    reaching,
)

app_name = "jobseekers"


def pages(start: str, prefix: str) -> list[URLPattern]:
    """Return the pages of a profile: the same for herself and for her counsellor."""
    return [
        path(start, profile.overview, name=f"{prefix}profile"),
        path(f"{start}print/", profile.printed, name=f"{prefix}print"),
        path(f"{start}download/", profile.download, name=f"{prefix}download"),
        path(f"{start}wanted/<int:item_id>/", occupations.choose_wish, name=f"{prefix}choose_wish"),
        path(f"{start}experience/add/", jobs.edit, name=f"{prefix}add_job"),
        path(f"{start}experience/<int:item_id>/", jobs.edit, name=f"{prefix}job"),
        path(f"{start}experience/<int:item_id>/remove/", jobs.remove, name=f"{prefix}remove_job"),
        path(
            f"{start}experience/<int:item_id>/occupation/", occupations.choose_job, name=f"{prefix}choose_job"
        ),
        path(f"{start}looking/", looking.looking, name=f"{prefix}looking"),
        *card_pages(f"{start}cards/", prefix),
        path(f"{start}<slug:question>/", question.page, name=f"{prefix}question"),
    ]


def card_pages(start: str, prefix: str) -> list[URLPattern]:
    """Return the pages of the card sort."""
    return [
        path(start, cards.start, name=f"{prefix}cards"),
        path(f"{start}<int:pack>/", cards.pack, name=f"{prefix}cards_pack"),
        path(f"{start}drawing/", cards.draw, name=f"{prefix}cards_drawing"),
        path(f"{start}approve/", cards.approve, name=f"{prefix}cards_approve"),
        path(f"{start}undo/", cards.undo, name=f"{prefix}cards_undo"),
        path(f"{start}forget/", cards.forget, name=f"{prefix}cards_forget"),
        path(f"{start}paper/", paper.paper, name=f"{prefix}cards_paper"),
        path(f"{start}paper/cards-<slug:language>.pdf", paper.cards_pdf, name=f"{prefix}cards_pdf"),
        path(f"{start}paper/answers-<slug:language>.pdf", paper.sheet_pdf, name=f"{prefix}sheet_pdf"),
    ]


urlpatterns: list[URLPattern] = [
    *pages("profile/", ""),
    path("people/", people.listed, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/sheet/", paper.find, name="find_sheet"),
    path("people/<int:jobseeker_id>/profile/cards/sheet/", paper.enter, name="person_sheet"),
    path("people/<int:jobseeker_id>/", people.head, name="person"),
    path("people/<int:jobseeker_id>/why/", admission.why, name="person_why"),
    path("people/<int:jobseeker_id>/why/end/", admission.done, name="person_done"),
    path("people/<int:jobseeker_id>/counsellor/", counsellor.choose, name="choose_counsellor"),
    path("people/<int:jobseeker_id>/account/", leaving.close, name="person_leaving"),
    path("people/<int:jobseeker_id>/account/hold/", leaving.hold, name="person_hold"),
    path("people/<int:jobseeker_id>/reach/", reaching.reach, name="person_reach"),
    path("people/<int:jobseeker_id>/letter/", letter.letter, name="person_letter"),
    path("people/<int:jobseeker_id>/account/data/", leaving.take, name="person_data"),
    *pages("people/<int:jobseeker_id>/profile/", "person_"),
]
