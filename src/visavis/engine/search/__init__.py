"""Openings found by words as people say them: `docs/engine/search.md`."""
