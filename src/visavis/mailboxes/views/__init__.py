"""Pages of the letterbox."""
