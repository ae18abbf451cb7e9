"""Who may see the stations: a device that is one its own pages, the head which there are, reception what is on now.

No persona sits at a station: its own pages are none to all of them (tests/stations has the browsers that are one).
"""

from tests.access.row import EVERYBODY, JOBSEEKERS, Row

WORKS_HERE = frozenset({"bruno", "rosa", "hugo"})
HEAD = frozenset({"hugo"})
NOBODY: frozenset[str] = frozenset()
MINE, OTHER = {"agency_id": "agency"}, {"agency_id": "other_agency"}
STATION: dict[str, str | int] = {"station_id": "station"}
RULES = {"minutes": "30", "more": "15", "pages": "20", "sites": "mail.example.fr"}

ROWS: list[Row] = [
    Row("stations:start", EVERYBODY),
    Row("stations:ways", NOBODY),
    Row("stations:take", NOBODY, method="post"),
    Row("stations:ticket", NOBODY),
    Row("stations:ticket", NOBODY, method="post", data={"number": "1"}),
    Row("stations:badge", NOBODY),
    Row("stations:badge", NOBODY, method="post", data={"code": "AAAAA-AAAAA", "pin": "2580"}),
    Row("stations:read", NOBODY, method="post", query="?width=1&height=1"),
    Row("stations:guest", NOBODY, method="post"),
    Row("stations:home", NOBODY),
    Row("stations:still", NOBODY),
    Row("stations:beat", NOBODY, method="post"),
    Row("stations:more", NOBODY, method="post"),
    Row("stations:help", NOBODY, method="post"),
    Row("stations:check_in", NOBODY, method="post"),
    Row("stations:print", NOBODY, method="post", data={"path": "/", "pages": "1"}),
    Row("stations:prints", NOBODY),
    Row("stations:prints", NOBODY, method="post", data={"path": "/", "pages": "1"}),
    Row("stations:print_page", NOBODY, method="post", data={"pages": "1"}),
    Row("stations:finish", NOBODY, method="post"),
    Row("stations:enrol", EVERYBODY),
    Row("stations:enrol", EVERYBODY, method="post", data={"code": "AAAAA-AAAAA"}),
    # A key that is none: refused to all, whoever is signed in.
    Row("stations:machine", EVERYBODY, method="post", statuses=(403,)),
    Row("stations:enter", NOBODY, {"mark": "x"}),
    Row("stations:enter", NOBODY, {"mark": "x"}, method="post"),
    Row("stations:line", EVERYBODY, {"code": "ticket_code"}),
    Row("stations:line", EVERYBODY, {"code": "ticket_code"}, method="post", data={"act": "join"}),
    Row("stations:stations", HEAD, MINE),
    Row("stations:stations", NOBODY, OTHER),
    Row("stations:add", HEAD, MINE),
    Row("stations:add", HEAD, MINE, method="post", data={"name": "Poste 3"}),
    Row("stations:rules", HEAD, MINE),
    Row("stations:rules", HEAD, MINE, method="post", data=RULES),
    Row("stations:figures", HEAD, MINE),
    Row("stations:code", HEAD, STATION, method="post"),
    Row("stations:revoke", HEAD, STATION, method="post"),
    Row("stations:now", WORKS_HERE, MINE),
    Row("stations:now", frozenset({"dario"}), OTHER),
    Row("stations:reserve", WORKS_HERE, MINE, method="post", data={"number": "1"}),
    Row("stations:end", WORKS_HERE, STATION, method="post"),
    Row("stations:go", WORKS_HERE, {"call_id": "help_call"}, method="post"),
    Row("stations:badge_of", frozenset({"bruno", "rosa"}), {"jobseeker_id": "jobseeker"}),
    Row(
        "stations:badge_of",
        frozenset({"bruno", "rosa"}),
        {"jobseeker_id": "jobseeker"},
        method="post",
        data={"act": "issue"},
    ),
    Row("stations:mine", JOBSEEKERS),
    Row("stations:mine", JOBSEEKERS, method="post"),
]
