"""From the files of a feed to its records, one after the other, whatever their size; each format in its way."""
