"""Feeds of vacancies, in reading order: vacancy, places, files, france_travail, reasons, services."""
