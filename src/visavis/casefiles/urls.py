"""Addresses of the case file: hers, and a person's at the desk."""

from django.urls import URLPattern, path

from visavis.casefiles.views import ending, mark, minutes, minutes_of, notes, plan

app_name = "casefiles"


def plan_pages(start: str, suffix: str) -> list[URLPattern]:
    """Return the pages of a plan: the same for herself and for her counsellor."""
    return [
        path(f"{start}add/<slug:kind>/", plan.add, name=f"add{suffix}"),
        path(f"{start}<int:item_id>/", plan.item, name=f"item{suffix}"),
        path(f"{start}difficult/", plan.hurdles, name=f"hurdles{suffix}"),
        path(f"{start}agree/", plan.agree, name=f"agree{suffix}"),
        path(f"{start}print/", plan.printed, name=f"printed{suffix}"),
    ]


urlpatterns: list[URLPattern] = [
    path("follow-up/", minutes_of.mine, name="mine"),
    path("follow-up/end/", ending.mine, name="ending"),
    path("follow-up/end/<int:ending_id>/", ending.one, name="ending_one"),
    path("f/<str:code>/", ending.by_link, name="ending_by_link"),
    path("people/<int:jobseeker_id>/end/", ending.of, name="ending_of"),
    path("minutes/<int:minutes_id>/", minutes.page, name="minutes"),
    path("minutes/<int:minutes_id>/throw-away/", minutes.throw_away, name="throw_away"),
    path("appointments/<int:appointment_id>/minutes/", minutes_of.begin, name="begin"),
    path("people/<int:jobseeker_id>/minutes/", minutes_of.of, name="of"),
    path("people/<int:jobseeker_id>/plan/", plan.page, name="plan_of"),
    path("people/<int:jobseeker_id>/notes/", notes.notes, name="notes"),
    path("people/<int:jobseeker_id>/notes/<int:note_id>/away/", notes.take_away, name="note_away"),
    path("people/<int:jobseeker_id>/mark/", mark.mark, name="mark"),
    *plan_pages("plan/", ""),
    *plan_pages("people/<int:jobseeker_id>/plan/", "_of"),
]
