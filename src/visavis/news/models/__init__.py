"""What people are told, and the letters that tell it."""

from visavis.news.models.envelope import Batch, Envelope
from visavis.news.models.news import News, NewsQuerySet

__all__ = ["Batch", "Envelope", "News", "NewsQuerySet"]
