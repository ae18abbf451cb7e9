"""The version stored beside every match, so that an old list can be told from a new one."""

ENGINE_VERSION = "1.3"
"""Changes whenever the same input could give another match, score or reason."""
