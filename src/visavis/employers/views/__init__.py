"""Pages: of who asks, of the people of an employer, of the agency."""
