"""Pages of a visit at the counter: opening it, being in it, and what she reads of it afterwards."""
