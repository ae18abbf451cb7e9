"""A real service whose texts reach nobody is told before it opens."""

from pytest_django import Settings

from visavis.people.checks import texts_reach_people


def test_the_terminal_is_no_gateway_for_people_and_a_provider_is_one(settings: Settings) -> None:
    settings.SMS_GATEWAY = "visavis.people.sms.ConsoleGateway"
    assert [error.id for error in texts_reach_people(None)] == ["visavis.E001"]
    settings.SMS_GATEWAY = "visavis.people.sms.HttpGateway"
    assert texts_reach_people(None) == []
