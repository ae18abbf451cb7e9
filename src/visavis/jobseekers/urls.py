"""Addresses of jobseekers: her own profile, and the people of an agency."""

from django.urls import URLPattern, path

from visavis.jobseekers.views import counsellor, jobs, looking, occupations, people, profile, question

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
        path(f"{start}<slug:question>/", question.page, name=f"{prefix}question"),
    ]


urlpatterns: list[URLPattern] = [
    *pages("profile/", ""),
    path("people/", people.listed, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/<int:jobseeker_id>/", people.head, name="person"),
    path("people/<int:jobseeker_id>/counsellor/", counsellor.choose, name="choose_counsellor"),
    *pages("people/<int:jobseeker_id>/profile/", "person_"),
]
