"""What is typed into every field: each value as the bytes that a browser, or a robot, would send."""

MARKUP = '"><h11 onh11="1">\'<script>h11()</script>'
TEMPLATE = "%s%n%(x)s{0}{{7*7}}{% now 'Y' %}"

TYPED: dict[str, str | bytes] = {
    "empty": "", "blank": " \t\r\n\u00a0", "long": "x" * 10_000, "nul": "a\x00b",
    "surrogate": b"a\xed\xa0\x80b", "latin1": b"caf\xe9", "right_to_left": "\u202etxet\u2066",
    "emoji": "👩🏽‍🌾🇫🇷", "combining": "e" + "\u0301" * 300, "markup": MARKUP,
    "script_address": "javascript:h11()", "sql": "'; DROP TABLE people_user;--", "template": TEMPLATE,
    "negative": "-1", "infinite": "1e400", "infinity": "Infinity", "nan": "NaN", "huge": "9" * 40,
    "above_64_bits": str(2**63), "tiny": "1e-400", "comma": "12,5", "eastern_digits": "١٢٣",
    "superscript": "²", "long_ago": "1887-01-01", "no_such_day": "31/02/2027", "no_leap_day": "29/02/2027",
    "year_99999": "99999-01-01", "year_zero": "0000-00-00", "unknown_code": "no-such-code",
    "path": "../../../../etc/passwd", "lines": "a\r\nSet-Cookie: h11=1\r\n\r\nb",
    "json": '{"a": [1, {"b": null}]}', "json_list": "[1e400, NaN]",
    "json_surrogate": '{"id": "\\ud800", "type": 3}', "json_deep": "[" * 5_000,
}  # fmt: skip

# Each of these takes the place of a field: sent twice, sent with another, not sent.
MANY: dict[str, tuple[str | bytes, ...]] = {
    **{name: (value,) for name, value in TYPED.items()},
    "twice": ("1", "1"),
    "list": ("a", "b", "c", ""),
    "absent": (),
    "crowd": tuple(str(n) for n in range(300)),
}

IN_ADDRESS: dict[str, str] = {
    **{name: value for name, value in TYPED.items() if isinstance(value, str)},
    "digits": "9" * 5_000,
    "last_page": "9999999999999999999999",
    "elsewhere": "//evil.example/h11",
    "elsewhere_whole": "https://evil.example/h11",
    "elsewhere_slashes": "/\\evil.example/h11",
    "elsewhere_blank": "\t//evil.example",
}
