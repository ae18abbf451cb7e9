"""Whether all of it is alive: for machines that watch, and in words for the head."""
