"""Documents of people: what is expected, what came, by whatever way; whole or absent, opened only as drawn pages."""
