"""Tell people of new openings for their searches. Reading order: services, rounds, among, telling, stopping."""
