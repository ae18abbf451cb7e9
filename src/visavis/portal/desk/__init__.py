"""The counsellor's desk: whom to see first, what to propose, and why.

Reading order: people, conditions, next_act, caseload, timeline, person, choosing, proposing, comparing.
"""
