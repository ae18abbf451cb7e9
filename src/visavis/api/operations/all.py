"""The service with all its operations: what `urls.py` opens and `openapi.py` describes."""

from visavis.api import service
from visavis.api.operations import agencies, follow_up, introductions, matches, profile, vacancies
from visavis.api.operations.hers import account, cvs, search
from visavis.api.operations.hire import begin
from visavis.api.operations.talk import appointments, documents, from_afar, messages, plan, tickets

SERVICE = service.new()
for part in (
    vacancies,
    profile,
    cvs,
    follow_up,
    matches,
    search,
    introductions,
    messages,
    documents,
    appointments,
    from_afar,
    plan,
    agencies,
    tickets,
    account,
    begin,
):
    SERVICE.add_router("", part.router)
