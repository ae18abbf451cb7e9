"""What is expected of people, what came, its pages, and what is still on its way."""

from visavis.documents.models.document import Document, Original, Page, Step
from visavis.documents.models.expected import Expected
from visavis.documents.models.partial import Part, Partial
from visavis.documents.models.word import Word

__all__ = ["Document", "Expected", "Original", "Page", "Part", "Partial", "Step", "Word"]
