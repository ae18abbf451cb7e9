"""Sheets laid before paper: made, printed, and what their codes mean when they come back."""
