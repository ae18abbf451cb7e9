"""Read the words of drawn pages, in French and English: in a process of its own, and only ever in the worker."""
