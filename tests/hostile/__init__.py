"""What a stranger types: hostile values, the pages they are typed into, and who judges the answer."""
