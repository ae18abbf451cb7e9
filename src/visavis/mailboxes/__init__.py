"""Letterboxes: what a person writes to her counsellor or to the agency, and what is written back, by every channel."""
