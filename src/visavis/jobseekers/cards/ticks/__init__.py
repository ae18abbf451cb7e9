"""Read the ticks of a scanned answer sheet: apart, without network or files, and never with a guess."""
