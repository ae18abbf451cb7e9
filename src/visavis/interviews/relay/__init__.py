"""What carries an interview where two browsers do not reach each other: a TURN server, coturn.

In reading order: `credentials` (who may use it, and how long), `configuration` (what it is told), `asking` (whether it
answers, and refuses what it must), `servers` (what a browser is given). The first three know no Django.
"""
