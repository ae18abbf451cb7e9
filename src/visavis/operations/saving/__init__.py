"""Backups: sealed for somebody whose key is elsewhere, whole or absent, and brought back with a check.

In reading order: sealing, databases, backup, restoring. People's keys never lie beside their data: they are copied
apart, the last state only, so that who was erased is erased in every backup (docs/decisions, backups).
"""
