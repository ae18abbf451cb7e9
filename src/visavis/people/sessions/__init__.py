"""Sessions: how they rest (`store`), how long they live (`lives`), a person's own (`own`), what was typed in one
that ended (`typed`)."""
