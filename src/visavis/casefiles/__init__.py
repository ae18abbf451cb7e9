"""The case file: minutes of meetings, and the plan that a person and the service make together."""
