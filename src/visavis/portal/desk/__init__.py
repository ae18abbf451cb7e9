"""The counsellor's desk: whom to see first, what to propose, and why.

Reading order: people, next_act, caseload, timeline, person, openings, choosing, proposing, comparing.
"""
