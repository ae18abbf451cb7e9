"""Every act by every way: the registry, its words, its pages."""
