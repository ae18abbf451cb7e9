"""E-mail that comes in, in reading order: `addresses`, `opening`, `fetching`, `parsing`, `machines`, `folding`,
`filing`, `answering`.
"""
