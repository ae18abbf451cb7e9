"""Who does something for a person reads how she is told of it, and what is left for somebody to say."""

import pytest

from visavis.news import channels
from visavis.people.enums import Channel
from visavis.people.models import User

EVERYBODY = {"email": "ana@example.org", "phone": "+33612345678"}


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (User(channel=Channel.WEB, **EVERYBODY), "par e-mail."),
        (User(channel=Channel.SMS, **EVERYBODY), "par SMS."),
        (User(channel=Channel.PHONE, **EVERYBODY), "par téléphone : cela attend"),
        (User(channel=Channel.POST, **EVERYBODY), "par courrier : cela attend"),
        (User(channel=Channel.WEB, email=None, phone=None), "à l’accueil : cela attend"),
    ],
    ids=["e-mail", "text message", "phone", "letter", "an e-mail that is not there"],
)
def test_what_is_done_says_how_the_person_is_told(person: User, said: str) -> None:
    sentence = channels.told(person, "C’est pris.").replace("\u00a0", " ")
    assert sentence.startswith("C’est pris. La personne est") and said in sentence
