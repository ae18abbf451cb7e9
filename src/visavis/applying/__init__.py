"""From a public opening to an introduction asked: two steps for an account, then only what the answer needs."""
