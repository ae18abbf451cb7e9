"""Tickets of a queue, smaller than those of any agency: a second state machine, for the tests only."""
