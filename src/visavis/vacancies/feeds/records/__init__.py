"""From one record to what its fields say: pure, a parser a format, and what they share."""
