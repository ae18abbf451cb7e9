"""What the night keeps of lists, and how it is told when it is read."""
