"""Sheets that say whose paper lies behind them, scans, their pages and their parts, and what was read on a sheet."""

from visavis.scans.models.cover import Cover
from visavis.scans.models.part import Part
from visavis.scans.models.scan import Scan, ScanPage
from visavis.scans.models.sheet import SheetReading

__all__ = ["Cover", "Part", "Scan", "ScanPage", "SheetReading"]
