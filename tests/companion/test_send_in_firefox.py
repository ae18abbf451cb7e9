"""Firefox cuts the tie between an extension and a page of the web: the relay carries the same messages."""

import json
from pathlib import Path

import pytest

from tests.companion.firefox import FIREFOX, firefox
from tests.companion.marionette import until
from tests.companion.service import Service, running
from visavis.traces.packing import pack

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not FIREFOX, reason="Firefox is not on this machine")]

YES = "button:not([disabled])"
BEGIN = """
  const now = Date.now(), at = new Date(now).toISOString(), until = new Date(now + 864e5).toISOString();
  const consent = [{ purpose: "reports", text: "reports-1", at, until, withdrawn: null }];
  const traces = { "interest:diy": { sites: { n: 6, last: Math.floor(now / 864e5), weight: 6 } } };
  await browser.storage.local.set({ consent, traces });
"""
HOURS_LATER = """
  const { ledger } = await browser.storage.local.get("ledger");
  ledger.sending.sendAfter = 0;
  await browser.storage.local.set({ ledger });
  await browser.alarms.create("report", { when: Date.now() });
"""


@pytest.mark.again
def test_a_report_is_sent_a_file_filled_and_a_list_re_ordered(tmp_path: Path) -> None:
    with running(Service()) as service, firefox(tmp_path / "profile") as fox:
        packed = tmp_path / "companion.xpi"
        packed.write_bytes(pack("firefox", service.origin))
        fox.program.install(packed)
        fox.open("leaves")
        fox.run(BEGIN)

        fox.open("leaves")
        fox.click("#read-terms")
        fox.say_yes("#send", YES)
        fox.see("#take-back")
        assert not service.counted
        fox.run(HOURS_LATER)
        (report,) = until(lambda: list(service.counted.values()))
        assert json.loads(report)["items"]

        fox.open("file")
        fox.say_yes("#list button", YES)
        fox.see("#list .tag.good")
        fox.open("openings")
        fox.say_yes("#fetch", YES)
        fox.see("#list h3")
        titles = fox.run("return [...document.querySelectorAll('#list h3')].map((one) => one.textContent)")
        assert titles[0] == "Vente", "DIY is in the file now: it counts once"
        assert len(titles) == 3
        assert {one["what"] for one in fox.kept()["left"]} == {"permit", "report", "file", "shortlist"}
    for _, path, headers, _ in service.came:
        assert not path.startswith("/traces/") or not {"Cookie", "Referer"} & set(headers)
