"""What the page of one opening adds to its card: which limit it breaks, where it is, what it pays."""
