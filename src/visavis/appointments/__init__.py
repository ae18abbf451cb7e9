"""Appointments: who receives when, free times, booked once, moved, cancelled, kept or missed."""
