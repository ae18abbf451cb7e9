"""Draw the pages of a stranger's file anew, as pictures: in a process of its own, without network or files."""
