"""A journey whose browser died or never answered is asked once more, by name; more than a few of them are red."""

from collections.abc import Generator
from contextlib import suppress

import pytest
from _pytest.runner import runtestprotocol

from tests.browsing import Gone

MOST = 2
# Those of this run: whatever process asked them, the one that tells of them hears each report.
NAMES: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on a report whether its browser was gone."""
    report = yield
    report.is_browser_gone = bool(call.excinfo and call.excinfo.errisinstance(Gone))
    return report


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Ask a journey; where its browser was gone, ask it once more, with all that it shares set up anew."""
    if item.get_closest_marker("journey") is None:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if is_again := any(one.is_browser_gone for one in reports):
        # What a file shares may hold a page of the browser that is gone, and then cannot close it.
        with suppress(Exception):
            item.session._setupstate.teardown_exact(item.session)
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        report.is_asked_again = is_again
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the name of what was asked again."""
    if report.when == "setup" and getattr(report, "is_asked_again", False):
        NAMES.append(report.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Have the run be red where it was too often."""
    if len(NAMES) > MOST and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how often, and which."""
    if NAMES:
        most = f"; more than {MOST} are red" if len(NAMES) > MOST else ""
        terminalreporter.write_line(f"asked again, as a browser was gone: {len(NAMES)}{most}")
        for name in NAMES:
            terminalreporter.write_line(f"  {name}")
