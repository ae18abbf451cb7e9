"""Pages of paper that comes in."""
