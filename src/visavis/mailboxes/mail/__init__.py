"""E-mail that comes in, in reading order: `addresses`, `opening`, `fetching`, `parsing` (with `body`, `page`,
`calendars`, `kinds`, `charsets`), `bounces`, `machines`, `folding`, `filing`, `answering`.
"""
