"""An interview, its seats, and what is said and laid on the table in it."""

from visavis.interviews.models.call import Call, CallStep
from visavis.interviews.models.interview import Interview, InterviewStep
from visavis.interviews.models.quality import Quality
from visavis.interviews.models.said import Laid, Remark
from visavis.interviews.models.seat import Seat, SeatStep

__all__ = ["Call", "CallStep", "Interview", "InterviewStep", "Laid", "Quality", "Remark", "Seat", "SeatStep"]
