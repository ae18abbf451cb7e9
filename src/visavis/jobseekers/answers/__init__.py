"""How each answer is read from the tables, written to them and said in words."""
