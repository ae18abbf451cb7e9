"""E-mail that comes in, in reading order: `addresses`, `fetching`, `parsing`, `machines`, `folding`, `filing`,
`answering`.
"""
