"""What happens to introductions and vacancies, told to programs of an agency: signed, tried again, logged.

Reading order: `models.py` (who is told, what is to be told), `events.py` (a row with the act), `common/outside.py`
(never to this network), `signing.py`, `sending.py` (by the worker), `services.py` and `views.py` (the head's pages).
"""
