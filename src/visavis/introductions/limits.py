"""How many at a time, and how long an answer may take."""

import datetime as dt

# An employer reads so many people of one vacancy at a time, best first; the others wait their turn.
AT_ONCE = 5
# A person has so many introductions in course that she wished for; and so many proposals to answer.
MOST_OPEN = 10
MOST_PROPOSED = 5

# A proposal is answered by a day told with it.
ANSWER_DAYS = 7
MOST_ANSWER_DAYS = 30
# When an employer asks to meet somebody, she has so many days.
ASK_DAYS = 10

# After so long without a word, it ends, and the person is told.
EMPLOYER_SILENCE = dt.timedelta(days=60)
NO_NEWS = dt.timedelta(days=60)
# An employer who has not answered is reminded once.
REMIND_AFTER = dt.timedelta(days=14)

# Both yes noted by one person: so long either side, told of it, can stop it.
DELAY = dt.timedelta(days=2)

# After a hire, from the first day of work: how to reach each other, then the name, until the last question is answered.
CONTACT_AFTER_START = dt.timedelta(days=30)
NAMES_AFTER_START = dt.timedelta(days=210)
# After any end the employer reads what was frozen so long, then nothing.
READ_AFTER_END = dt.timedelta(days=365)

# What was said may be taken back for a day.
UNDO = dt.timedelta(days=1)

FOLLOW_UP_MONTHS = (1, 3, 6)
