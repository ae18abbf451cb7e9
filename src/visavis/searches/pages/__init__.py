"""What the pages of a search show. Reading order: asking, showing, cards, mapping."""
