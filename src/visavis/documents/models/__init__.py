"""What is expected of people, what came, and its pages."""

from visavis.documents.models.document import Document, Original, Page, Step
from visavis.documents.models.expected import Expected

__all__ = ["Document", "Expected", "Original", "Page", "Step"]
