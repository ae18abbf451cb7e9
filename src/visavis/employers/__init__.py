"""Employers who come: asking for an account, the agency's check, who belongs to them, taking them down."""
