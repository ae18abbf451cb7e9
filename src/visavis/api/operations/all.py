"""The service with all its operations: what `urls.py` opens and `openapi.py` describes."""

from visavis.api import service
from visavis.api.operations import agencies, follow_up, introductions, matches, profile, vacancies

SERVICE = service.new()
for part in (vacancies, profile, follow_up, matches, introductions, agencies):
    SERVICE.add_router("", part.router)
