"""Pages around the service for programs."""
