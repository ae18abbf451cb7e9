"""Pages of an interview: the way in, the room, and what its script asks and says."""
