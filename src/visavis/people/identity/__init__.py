"""Ways in that another service vouches for, by OpenID Connect: one provider for people, one for who works.

Reading order: `providers.py` (who vouches for whom, from the environment), `protocol.py` (asked, answered, verified),
`services.py` (whose account an identity opens: linked by herself, never found by an e-mail), `leaving.py` (signed out
there too).
"""
