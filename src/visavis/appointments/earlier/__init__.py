"""Who waits for an earlier time, in reading order: `waiting`, `offering`."""
