"""The end of a follow-up: proposed, told in advance, kept by one word, taken up again. Reading order: enums, table, the
model, services, sweep, telling, then texts and linked."""
