"""The words of a yes, on the page where it is given: those that are kept with it."""

from django import template

from visavis.consents import services

register = template.Library()


@register.inclusion_tag("consents/words.html")
def consent_words(purpose: str, *, is_hers: bool = True, heading: str = "") -> dict[str, object]:
    """Show what she agrees to, and send its digest back with the form; whoever notes it for her reads it to her.

    A page that says itself what to do with the words gives the heading.
    """
    words = services.words_of(purpose)
    shown = {"words": words, "name": services.SHOWN, "digest": services.digest(words)}
    return {**shown, "is_hers": is_hers, "heading": heading}
