"""The terms of the work: contract, hours, pay, first and last day, conditions, and what goes with them."""
