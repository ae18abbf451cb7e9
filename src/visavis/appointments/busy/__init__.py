"""A counsellor's own calendar read in: which of her hours are busy elsewhere, and nothing else of it.

In reading order: `reading` (bytes of a calendar → busy times; no Django), `recurring` (when an entry comes back),
`__main__` (in a process of its own, confined), `alone` (starts it), `services` (fetched by the worker, kept, told).
"""
