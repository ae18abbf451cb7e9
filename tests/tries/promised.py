"""Promises of our pages, asked from outside of two processes: what is done on one is asked of the other."""

import io
import json
import re
import threading
import zipfile
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from tests.tries import as_site
from tests.tries.two_sites import CODE, SIGN_IN, Browser
from tests.waiting import until

HER_NAME, HERS = "Amélie", "amelie@example.org"
CLOSE, DATA, CV = "/account/close/", "/account/data/", "/profile/cv/"
# 311 kB of a CV that took 30 s while each line was compared with each.
HOSTILE = json.dumps({"basics": {"name": "x"}, "education": [{"institution": "a, " * 190}] * 520})
WITHIN_S = 10
PEOPLE, REASON = "/people/", "/readings/reason/"
# Pages of twenty-five people.
ASKED, STOPPED = 12, 24


def names_are_shared_only_by_two(attacked: Any) -> None:
    """One counsellor said both yes: no name on either; what the employer stops on one is stopped on the other."""
    url, chloe = attacked.said["delayed"], attacked.browser("chloe")
    pages = [chloe.ask(url, at=place) for place in (0, 1)]
    assert {status for status, _to, _page in pages} == {200}
    assert not any(HER_NAME in page for _status, _to, page in pages)
    assert act(chloe, url, 0, act="refuse", reason="other") == 302
    assert HER_NAME not in chloe.ask(url, at=1)[2]


def reading_ends_with_the_introduction(attacked: Any) -> None:
    """The employer says yes on one process and reads her name on the other; she withdraws, and neither shows it."""
    url, chloe, amelie = attacked.said["put"], attacked.browser("chloe"), attacked.browser("amelie")
    assert HER_NAME not in chloe.ask(url, at=1)[2]
    assert act(chloe, url, 0, act="agree") == 302
    assert HER_NAME in chloe.ask(url, at=1)[2], "nothing would be seen to end"
    assert act(amelie, url, 1, act="withdraw", reason="pay") == 302
    for place in (0, 1):
        assert HER_NAME not in chloe.ask(url, at=place)[2]


def act(browser: Browser, url: str, at: int, **said: str) -> int:
    """Do what the page offers, with the version that it shows."""
    seen = re.search(r'name="seen" value="(\d+)"', browser.ask(url, at=at)[2])
    assert seen
    return browser.ask(url, said | {"seen": seen[1]}, at=at)[0]


def all_is_taken_away(attacked: Any) -> None:
    """She takes all that is held of her, from either process."""
    amelie = attacked.browser("amelie")
    amelie.ask(DATA)
    for port in attacked.sites.ports:
        body = urlencode({"csrfmiddlewaretoken": amelie.cookies["csrftoken"]})
        archive = zipfile.ZipFile(io.BytesIO(sent(amelie, port, DATA, body.encode(), FORM)))
        assert HER_NAME in archive.read("data.html").decode()
        assert json.loads(archive.read("data.json"))["people.User"]


def a_hostile_file_holds_nobody(attacked: Any) -> None:
    """One process reads what took half a minute; both answer meanwhile, and it ends with a sentence."""
    amelie, done = attacked.browser("amelie"), threading.Event()
    amelie.ask(CV)
    parts = {"csrfmiddlewaretoken": amelie.cookies["csrftoken"], "text": ""}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    body += f'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.json"\r\n\r\n{HOSTILE}\r\n--x--\r\n'

    def send() -> None:
        sent(amelie, attacked.sites.ports[0], CV, body.encode(), "multipart/form-data; boundary=x")
        done.set()

    threading.Thread(target=send, daemon=True).start()
    others = attacked.browser("chloe")
    assert [others.ask("/account/", at=place)[0] for place in (0, 1)] == [200, 200]
    assert done.wait(WITHIN_S), "it was still read"


def who_closes_is_gone(attacked: Any) -> None:
    """She closes her account on one process: her other browser is out on both, and the way back opens it."""
    amelie, elsewhere = attacked.browser("amelie"), attacked.browser("amelie")
    amelie.ask(CLOSE)
    status, _to, page = amelie.ask(CLOSE, {}, at=0)
    back = re.search(r'href="(/account/reopen/[^"]+)"', page)
    assert status == 200 and back
    assert [elsewhere.ask("/account/", at=place)[0] for place in (0, 1)] == [302, 302]
    assert amelie.ask(back[1], {}, at=1)[0] == 302
    assert [elsewhere.ask("/account/", at=place)[0] for place in (0, 1)] == [302, 302]
    assert amelie.ask(back[1], at=0)[0] == 404, "it opens once"


def nobody_is_shut_out(attacked: Any) -> None:
    """Strangers ask for her code and for others' on both processes, from her own network: she and a class get in."""
    hers = attacked.sites.browser()
    got_in(attacked, hers, 0)
    assert hers.is_in()
    hers.cookies.pop("sessionid")
    for number in range(20):
        for address in (HERS, f"junk-{number}@example.org"):
            attacked.sites.browser().ask(SIGN_IN, {"address": address}, at=number)
    for number in range(6):
        newcomer = attacked.sites.browser()
        asked = newcomer.ask(SIGN_IN, {"address": f"classe-{number}@example.org"}, at=number)
        assert asked[0] == 302, "a class behind one address"
    # The strangers' codes are not hers: the next one that comes is.
    until(lambda: attacked.program("unsent") == 0, "codes are still to leave")
    got_in(attacked, hers, 1)
    assert hers.is_in(), "her own browser, on the other process"


def got_in(attacked: Any, browser: Browser, at: int) -> None:
    """Ask one process for a code, wait for the worker to send it, and give it to the other."""
    mailbox = attacked.sites.mailbox
    before = len(codes_to_her(mailbox))
    assert browser.ask(SIGN_IN, {"address": HERS}, at=at)[0] == 302
    until(lambda: len(codes_to_her(mailbox)) > before, "no code came")
    browser.ask(CODE, {"code": codes_to_her(mailbox)[-1]}, at=at + 1)


def codes_to_her(mailbox: Any) -> list[str]:
    """Return the codes that were sent to her, the last one last."""
    bodies = [str(one.get_payload()) for one in list(mailbox.received) if HERS in str(one["To"])]
    return [found[1] for body in bodies if (found := re.search(r"\b(\d{6})\b", body))]


def what_is_past_its_time_is_gone(attacked: Any) -> None:
    """She closed; thirty days are over and the night passes: on both processes her way back and her file are gone."""
    amelie, hugo = attacked.browser("amelie", attacked.program("session")), attacked.browser("hugo")
    amelie.ask(CLOSE)
    back = re.search(r'href="(/account/reopen/[^"]+)"', amelie.ask(CLOSE, {}, at=0)[2])
    assert back
    assert attacked.program("night") == 0, "not before its time"
    assert [hugo.ask(back[1], at=place)[0] for place in (0, 1)] == [200, 200]
    assert attacked.program("night", "31") == 1
    assert [hugo.ask(back[1], at=place)[0] for place in (0, 1)] == [404, 404]
    assert [amelie.ask("/account/", at=place)[0] for place in (0, 1)] == [302, 302]
    assert attacked.program("overdue") == 0


def lists_of_people_are_counted(attacked: Any) -> None:
    """Leaf through everybody, on one process and the other in turn: asked why after 300 people, no more after 600."""
    hugo, shown, asked = attacked.browser("hugo"), [], []
    attacked.program("crowd", "700")
    for number in range(1, 29):
        url = f"{PEOPLE}?page={number}"
        status, _to, page = hugo.ask(url, at=number)
        if status == 403 and REASON in page:
            asked.append(number)
            hugo.ask(REASON, {"words": "Je prépare un forum", "next": "/"}, at=number)
            status, _to, page = hugo.ask(url, at=number + 1)
        if status == 200:
            shown.append(number)
    assert (asked, shown) == ([ASKED + 1], list(range(1, STOPPED + 1)))


def the_journal_only_grows(attacked: Any) -> None:
    """What the site wrote cannot be changed from its database; what its owner changed, cut or emptied is found."""
    url, last = attacked.database["DATABASE_URL"], attacked.program("sealed")
    assert as_site.changed(url, last) == []
    assert attacked.program("verify") == "whole"
    as_site.as_owner(url, f"UPDATE journal_entry SET note = 'x' WHERE id = {last}")
    assert "not as they were written" in attacked.program("verify")
    cut = [
        f"DELETE FROM journal_{table}"
        for table in (f"link WHERE entry_id = {last}", f"entry WHERE id >= {last}")
    ]
    as_site.as_owner(url, *cut)
    assert "which is gone" in attacked.program("verify")
    as_site.as_owner(url, "DELETE FROM journal_link", "DELETE FROM journal_entry")
    assert "which is gone" in attacked.program("verify")


FORM = "application/x-www-form-urlencoded"


def sent(browser: Browser, port: int, path: str, body: bytes, kind: str) -> bytes:
    """Post bytes to one process, and return those of its answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    connection.request("POST", path, body, {"Cookie": cookies, "Content-Type": kind, "Accept-Language": "en"})
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status < 500, answer.status
    connection.close()
    return content
