"""Two files of one person become one: both shown, all or nothing, undone for thirty days."""
