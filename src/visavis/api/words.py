"""The words of the description: marked here in English, translated where they are shown."""

from django.utils.translation import gettext_noop as _

INTRODUCTION = _(
    "What the pages do, for programs: the same rights, the same rules, the same journal. A token never "
    "gives more than the person who made it may do today. Each token has scopes:"
)
TOKEN = _("A token made on the page “Tokens for programs” of one’s account.")
ANSWERED = _("Done.")

GROUPS = {
    "vacancies": _("Vacancies"),
    "profile": _("Profiles"),
    "matches": _("Lists and reasons"),
    "introductions": _("Introductions and hires"),
}

OPERATIONS = {
    "list_vacancies": _("List the vacancies open today, the newest first."),
    "list_my_vacancies": _("List the vacancies that one may change, drafts too, the last changed first."),
    "start_vacancy": _("Begin a draft."),
    "read_vacancy": _("Read a vacancy."),
    "read_vacancy_answers": _(
        "Read the answers a vacancy is made of, with the version to send with a change."
    ),
    "publish_vacancy": _("Publish a draft, or a closed vacancy again, until a day."),
    "close_vacancy": _("Close an open vacancy: filled, or for another reason."),
    "answer_vacancy_work": _("Say the title of a vacancy."),
    "answer_vacancy_occupation": _("Say which occupation of the catalogue it is."),
    "answer_vacancy_place": _("Say where and when the work is."),
    "answer_vacancy_contract": _("Say the contract and the pay."),
    "answer_vacancy_person": _("Say who would do this work well."),
    "answer_vacancy_words": _("Describe the work, and say for how many people."),
    "list_candidates": _(
        "List the people who suit a vacancy, best first. An employer reads no name; each reading is in the journal."
    ),
    "read_me": _("Read who the token speaks for, and what it may do today."),
    "read_profile": _("Read one’s own profile: every answer in words and as data."),
    "list_jobs": _("List the jobs one has held."),
    "add_job": _("Add a job one has held."),
    "change_job": _("Change a job one has held."),
    "remove_job": _("Remove a job."),
    "answer_wanted": _("Say which work one looks for, one to five, in order."),
    "answer_experience": _("Say that one has not worked yet."),
    "answer_education": _("Say one’s level and diplomas."),
    "answer_skills": _("Say what one can do."),
    "answer_languages": _("Say which languages one speaks."),
    "answer_licences": _("Say which licences one has."),
    "answer_place": _("Say where one lives."),
    "answer_reach": _("Say how far one goes."),
    "answer_contracts": _("Say which contracts suit."),
    "answer_hours": _("Say how many hours a week suit."),
    "answer_start": _("Say from when one can work."),
    "answer_pay": _("Say the lowest pay one would take."),
    "answer_conditions": _("Say what one avoids."),
    "answer_interests": _("Say what one likes."),
    "answer_about": _("Say the rest in one’s own words."),
    "list_people": _("List the people one follows."),
    "read_person_profile": _("Read the profile of a person one follows; that is in the journal."),
    "list_matches": _("List one’s openings, best first, without those put aside."),
    "read_match": _("Read why an opening is in one’s list."),
    "say_opinion": _("Say what one thinks of an opening, in place of what one said before."),
    "unsay_opinion": _("Take back what one said of an opening."),
    "list_person_matches": _("List the openings of a person one follows; that is in the journal."),
    "read_person_match": _(
        "Read why an opening is in the list of a person one follows; that is in the journal."
    ),
    "list_introductions": _("List the introductions one may see, the latest first."),
    "read_introduction": _("Read where an introduction stands, both cards, and what one can do now."),
    "want_introduction": _("Ask to be introduced for a vacancy."),
    "propose_introduction": _("Propose a vacancy to a person one follows, to be answered by a day."),
    "ask_introduction": _("Ask to meet a person of a vacancy’s list, without knowing who she is."),
    "accept_introduction": _("Say yes to a proposal."),
    "decline_introduction": _("Say no to a proposal, with a reason."),
    "agree_introduction": _("Say yes as the employer: both may then reach each other."),
    "refuse_introduction": _("Say no as the employer, with a reason."),
    "withdraw_introduction": _("Take one’s own wish or proposal back, with a reason."),
    "end_introduction": _("Say that it does not lead to a hire, with a reason."),
    "propose_meeting": _("Propose a time to meet, or another one."),
    "accept_meeting": _("Take the time that the other side proposed."),
    "undo_introduction": _("Take one’s last answer back, within a day."),
    "list_hires": _("List the hires one may see, declared or confirmed, the latest first."),
    "declare_hire": _("Say that there is a hire; another side confirms it."),
    "confirm_hire": _("Confirm a hire that another side declared."),
    "dispute_hire": _("Say that the hire which the other side declared is not so."),
    "answer_follow_up": _("Say whether the person is still in the job; asked once, the first answer stands."),
}

PARAMETERS = {
    "q": _("Words to look for."),
    "near": _("A town: its INSEE code, its postcode or its name."),
    "km": _("How far around the town, in kilometres."),
    "contract": _("Only this contract."),
    "cursor": _("Where to go on: `next_cursor` of the page before, unchanged."),
    "limit": _("How many at most."),
    "state": _("Only this state."),
    "show": _("Only those of which this was said."),
    "vacancy_id": _("The number of the vacancy."),
    "job_id": _("The number of the job."),
    "introduction_id": _("The number of the introduction."),
    "months": _("How many months after the first day: 1, 3 or 6."),
    "vacancy": _("Only those of this vacancy."),
    "match_id": _("The number in the vacancy’s list."),
    "person_id": _("The number of the person’s file."),
}
