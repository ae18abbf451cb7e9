"""Whom nothing has reached for weeks: found by night, each with its cause, until somebody has closed it."""
