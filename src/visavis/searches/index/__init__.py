"""What a search looks through; alone here, beside the matches' bridge, the engine is asked."""
