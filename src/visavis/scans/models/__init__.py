"""Sheets that say whose paper lies behind them, scans, their pages and their parts."""

from visavis.scans.models.cover import Cover
from visavis.scans.models.part import Part
from visavis.scans.models.scan import Scan, ScanPage

__all__ = ["Cover", "Part", "Scan", "ScanPage"]
