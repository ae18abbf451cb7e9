"""The pages of a station, of the head, of reception and of who holds a badge."""
