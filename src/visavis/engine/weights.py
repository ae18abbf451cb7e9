"""What each fact is worth, in logits: all the judgement of the engine on one page.

Expert prior, to be replaced by what introductions teach. Each scale is set so that a known value of the
usual kind is worth about 0, a good one more and a bad one less; what is unknown is worth exactly 0.
"""

import numpy as np

LOGIT_STEP = 2.0**-16
"""Every part is a whole number of these steps, so parts add up to the score exactly, in any order."""

BASE = -2.0
"""Log-odds that both say yes before anything is known of either: about one in eight."""

RELATION_LOGIT = np.array([0.0, -2.5, -0.4, 0.8, 1.0, 1.3, 2.6])
"""A first wish, by relation: unknown, unrelated, domain, family, evolution, near, same."""

WISH_STEP = 0.25
"""What a good relation loses for each wish before it, twice at most."""

WORK_LOGIT = np.array([0.0, 0.0, 0.0, 0.5, 0.7, 0.8, 1.5])
"""Past work, by relation, when no wish was given: work done never closes a door."""

ASKED_LOGIT, ASKED_LEAD = 1.4, 32.0
"""The occupation part from which a pair is what she asked for, and what such a pair leads all others by in a list."""

SPEAKS = 0.3
"""What skills, words, work done and interests must add for another kind of work to be worth reading, logits."""

TRANSFER = np.array([0.0, 0.0, 0.0, 0.25, 0.35, 0.5, 1.0])
"""Share of the months in one occupation that counts in another, by relation."""

TITLE_RELATED = 0.4
"""Similarity of a text and a title from which the two are taken for related, in [0, 1]."""

TITLE_CLOSE_SAME, TITLE_CLOSE = 0.5, 0.8
"""Similarity from which a person would call a title close to a text: in an occupation of hers, in another one.

Judged on 400 pairs read by eye: of those under them, most share a word that says little ("grande surface",
"à domicile", "polyvalent").
"""

TITLE_USUAL, TITLE_BEST, TITLE_WORST = 0.2, 1.6, -0.4
"""Similarity worth 0, and the logits at 1 and at 0."""

SKILL_LEVEL = np.array([0.0, 0.5, 0.85, 1.0, 1.1, 0.85])
"""How far a skill counts as held: not held, notions, autonomous, confident, expert, level unknown."""

SKILLS_USUAL, SKILLS_BEST, SKILLS_WORST = 0.35, 1.8, -0.6
"""Share of the essential skills worth 0, and the logits at 1 and at 0."""

WISHED_SKILLS_BEST = 0.9
"""All the wished skills, half as much as the essential ones; never below 0."""

EXPERIENCE_ENOUGH, EXPERIENCE_SHORT, EXPERIENCE_SHORT_REQUIRED = 0.6, -0.6, -1.5
"""The months asked and more; none of them when wished; none of them when required."""

EXPERIENCE_EXTRA, EXPERIENCE_EXTRA_MONTHS = 0.4, 60.0
"""What experience beyond the months asked adds at most, and the months that bring two thirds of it."""

EDUCATION_ENOUGH, EDUCATION_STEP, EDUCATION_STEP_REQUIRED, EDUCATION_WORST = 0.2, -0.25, -0.7, -2.0
"""The level asked or more; each level missing when wished, when required; never below the last."""

LANGUAGES_ENOUGH, LANGUAGES_STEP = 0.25, -0.7
"""All languages at their level; each language that is not."""

DISTANCE_NEAR, DISTANCE_FAR = 0.6, -0.6
"""At her door; at the end of her radius. Half way is worth 0."""

DISTANCE_USUAL_KM = 25.0
"""Without a radius, nearer than this is worth something and farther costs nothing."""

USUAL_REACH_KM, USUAL_MINUTES = 2 * DISTANCE_USUAL_KM, 60
"""How far people usually go who said neither a radius nor a transport; from door to door by a transport they said."""

PLACE_DOUBT_KM = 10.0
"""A place known to this many km counts half."""

PAY_SLOPE, PAY_USUAL, PAY_BEST, PAY_WORST = 2.0, 0.08, 0.6, -0.3
"""Per log of pay over the lowest she takes; the log worth 0 (8 % above); and the ends."""

INTERESTS_BEST = 0.5
"""All the interests of the occupation are hers; never below 0."""

IDEAL_BEST = 0.6
"""All that people hired for the occupation have more often than others; never below 0."""

IDEAL_PRIOR_VARIANCE = 0.25
"""Before looking, a trait seldom makes the odds of a hire more than 2.7 times higher or lower (95 %)."""

IDEAL_FAMILY_VARIANCE = 0.0625
"""Before looking, occupations of one family seldom differ in a trait's odds by more than 1.6 times (95 %)."""

IDEAL_WEIGHT = 0.5
"""Share of a trait's effect that counts: skills, experience and training count in other parts as well."""

IDEAL_EMPHASIS = 0.2
"""What a trait that a counsellor emphasised adds at least."""
