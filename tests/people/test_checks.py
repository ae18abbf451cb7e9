"""A real service whose texts reach nobody is told before it opens."""

from django.test import override_settings

from visavis.people.checks import texts_reach_people


@override_settings(SMS_GATEWAY="visavis.people.sms.ConsoleGateway")
def test_the_terminal_is_no_gateway_for_people() -> None:
    assert [error.id for error in texts_reach_people(None)] == ["visavis.E001"]


@override_settings(SMS_GATEWAY="visavis.people.sms.HttpGateway")
def test_a_provider_is_one() -> None:
    assert texts_reach_people(None) == []
