"""Ways in that another service vouches for, by OpenID Connect: one provider for people, one for who works.

Reading order: `providers.py` (who vouches for whom, from the environment), `vouched.py` (who she is, or why we do not
know), `protocol.py` (asked, answered, verified; loaded when somebody comes in that way: what it stands on is 5 MB),
`services.py` (whose account an identity opens: linked by herself, never found by an e-mail), `leaving.py` (signed out
there too).
"""
