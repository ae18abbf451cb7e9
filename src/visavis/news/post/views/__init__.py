"""Pages of the post room, and of who holds a letter."""
