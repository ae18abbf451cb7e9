"""Pages of the profile, and of the people of an agency."""
