"""What documents are found by: the words of their pages and titles, as keyed marks."""

from django.db import models

from visavis.documents.models.document import Document


class Word(models.Model):
    """One row = one word of a document, as a mark keyed for its person: found whole, read by nobody (`vault`)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    mark = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "document"], name="a_word_of_a_document_stands_once")
        ]
        indexes = [models.Index(fields=["document"], name="words_of_document")]

    def __str__(self) -> str:
        return f"word {self.pk}"
