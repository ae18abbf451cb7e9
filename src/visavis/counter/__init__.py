"""A person at the counter: her own pages, opened by reception while she stands there. Read: reach, models, services."""
