"""Spread people over vacancies: prices that keep crowds away, then lists under hard limits.

A hundred people sent to one position waste ninety-nine days. Three steps avoid it. Each vacancy gets a
capacity: the crowd beyond which one more candidate would add more hires elsewhere (`hires`). Entropic
transport finds for each a price, zero where there is room, at which the crowds fit (`prices`, `crowd`).
Lists are then drawn up by what a pair is worth less the price, under a limit for each vacancy that is never passed
unless somebody would otherwise have nothing (`lists`). `serving` is the door.
"""
