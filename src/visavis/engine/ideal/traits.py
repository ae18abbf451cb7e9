"""The ideal profile of an occupation: what people hired have more often than those introduced and not hired.

A trait is a skill, an occupation worked in before, the time spent in the occupation or a level of training:
``skill:S0001``, ``occupation:D1106``, ``experience:2``, ``training:4``. Nothing else can be one: not sex,
age, nationality, language, place or health.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from visavis.engine import weights as w
from visavis.engine.facts.records import Jobseeker

KINDS = ("skill", "occupation", "experience", "training")
"""The kinds of trait, a closed list."""

LEAST_PEOPLE = 10
"""Of fewer hired people nothing is said: no share, no credit."""

LEAST_HOLDERS = 3
"""A trait that fewer of the hired have is left out: it would speak of one or two persons."""

PRIOR_PEOPLE = 10
"""How many imagined people, like everybody, are added to each side of a comparison."""

LIGHT_PEOPLE = 1.0
"""The same where a trait is drawn towards its family, half with it and half without: the family does the rest."""

BAND_MONTHS = (1, 12, 36)
"""Where the bands of experience begin, months: none, under a year, one to three years, three years and more.

The last one starts early on purpose: ten or twenty years would tell an age."""

NINETY_FIVE = 1.959963984540054
"""Standard normal deviates either side of which one value in twenty lies."""

ONE_SIDED = 1.6448536269514722
"""Standard normal deviates above which one value in twenty lies."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Towards what a trait of one occupation is drawn: see `ideal_family`."""

    mean: float  # what the family of the occupation says, logits, its own occupations included
    variance: float  # how surely, squared logits
    between: float  # variance of the occupations around their family, squared logits


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait among people hired and people introduced."""

    code: str  # the kind, a colon, the code
    hired: int  # how many of the hired have it
    hired_known: int  # of how many of the hired one knows
    introduced: int  # the same among all those introduced, hired or not
    introduced_known: int
    share: float  # of the hired who have it, in [0, 1]
    low: float  # 95 % interval of the share
    high: float
    introduced_share: float  # share of the introduced who have it, in [0, 1]
    # log-odds of having it when hired against when not, shrunk towards the family, or towards 0
    effect: float
    # what the trait may add to a score, logits; at least 0, and 0 when the effect may well be chance
    credit: float


def traits(
    hired: Sequence[Jobseeker],
    others: Sequence[Jobseeker],
    occupation: str,
    priors: Mapping[str, Prior] | None = None,
) -> list[Trait]:
    """Compare the hired with those who were introduced and not hired, trait by trait.

    Of each kind only those people count of whom the kind is known. A kind known of fewer than `LEAST_PEOPLE`
    of the hired is left out, and so is a trait of fewer than `LEAST_HOLDERS`.

    Parameters
    ----------
    hired, others : sequence of Jobseeker
        Each person once.
    occupation : str
        The occupation they were introduced to.
    priors : mapping of str to Prior, optional
        By trait: what its family says. A trait without one is drawn towards 0.

    Returns
    -------
    list of Trait
        By kind in the order of `KINDS`, then the largest share, then the code.

    Examples
    --------
    >>> bakers = [Jobseeker(skills=[("S1", 2)])] * 9 + [Jobseeker(skills=[("S2", 2)])]
    >>> (only,) = traits(bakers, [Jobseeker(skills=[("S2", 2)])] * 30, "D1102")
    >>> only.code, only.hired, only.hired_known, only.share, only.introduced_known
    ('skill:S1', 9, 10, 0.9, 40)
    >>> traits(bakers[:9], [], "D1102")
    []
    """
    theirs, known = number_having(hired, occupation)
    rest, rest_known = number_having(others, occupation)
    told = priors or {}
    found = [
        compared(
            code,
            (theirs[code], known[kind_of(code)]),
            (rest[code], rest_known[kind_of(code)]),
            told.get(code),
        )
        for code in theirs
        if theirs[code] >= LEAST_HOLDERS and known[kind_of(code)] >= LEAST_PEOPLE
    ]
    return sorted(found, key=lambda one: (KINDS.index(kind_of(one.code)), -one.share, one.code))


def compared(code: str, hired: tuple[int, int], others: tuple[int, int], prior: Prior | None = None) -> Trait:
    """Turn counts (who have it, of how many one knows) of the hired and of the others into a trait."""
    have, known = hired
    low, high = wilson(have, known)
    if prior is None:
        effect, spread = shrunk(*log_odds_ratio(have, known, *others))
    else:
        effect, spread = drawn(*light(have, known, *others), prior)
    introduced, introduced_known = have + others[0], known + others[1]
    return Trait(
        code=code,
        hired=have,
        hired_known=known,
        introduced=introduced,
        introduced_known=introduced_known,
        share=have / known,
        low=low,
        high=high,
        introduced_share=introduced / introduced_known,
        effect=effect,
        credit=credit(effect, spread),
    )


def traits_of(person: Jobseeker, occupation: str) -> dict[str, set[str]]:
    """Give the traits of one person by kind; a kind of which nothing is known is left out.

    Examples
    --------
    >>> someone = Jobseeker(skills=[("S1", 2)], experience=[("D1102", 8), ("D1102", 6), ("G1602", 3)])
    >>> traits_of(someone, "D1102")
    {'skill': {'skill:S1'}, 'occupation': {'occupation:G1602'}, 'experience': {'experience:2'}}
    """
    found: dict[str, set[str]] = {}
    skills = {f"skill:{code}" for code, _ in person.skills if code}
    jobs = [(code, months) for code, months in person.experience if code]
    if skills:
        found["skill"] = skills
    if jobs:
        found["occupation"] = {f"occupation:{code}" for code, _ in jobs if code != occupation}
        months = sum(months for code, months in jobs if code == occupation)
        found["experience"] = {f"experience:{band(months)}"}
    if person.education >= 0:
        found["training"] = {f"training:{person.education}"}
    return found


def kind_of(code: str) -> str:
    """Give the kind of a trait.

    >>> kind_of("skill:S0001")
    'skill'
    """
    return code.partition(":")[0]


def band(months: float) -> int:
    """Give the band of experience, 0 to 3: see `BAND_MONTHS`.

    >>> [band(months) for months in (0, 0.5, 1, 11, 12, 35.9, 36, 400)]
    [0, 0, 1, 1, 2, 2, 3, 3]
    """
    return sum(months >= start for start in BAND_MONTHS)


def wilson(have: int, known: int, z: float = NINETY_FIVE) -> tuple[float, float]:
    """Give the score interval of a share.

    Parameters
    ----------
    have, known : int
        How many have it, of how many; 0 <= have <= known, known at least 1.
    z : float
        Standard normal deviate of the level wanted.

    Returns
    -------
    (low, high) : float
        In [0, 1].

    Raises
    ------
    ValueError
        The counts are not those of a share.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), 209-212.

    Examples
    --------
    >>> [round(end, 4) for end in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    if known < 1 or not 0 <= have <= known:
        raise ValueError(f"expected 0 <= have <= known and known >= 1, got {have} of {known}")
    share, spread = have / known, z * z / known
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = z * sqrt(share * (1.0 - share) / known + spread / (4.0 * known)) / (1.0 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def log_odds_ratio(
    have: int, known: int, others_have: int, others_known: int, people: float = PRIOR_PEOPLE
) -> tuple[float, float]:
    """Give the log-odds of a trait among the hired against the others, and its variance.

    To each side are added some imagined people, `PRIOR_PEOPLE` unless said, who have the trait as often as
    everybody does: finite whatever is 0, and few people hardly differ from the rest.

    References
    ----------
    B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' words: lexical feature selection and evaluation
    for identifying the content of political conflict", Political Analysis 16 (2008), 372-403: log-odds
    ratio with an informative Dirichlet prior, eq. 16 and 20 (here with the four terms of the variance).

    Examples
    --------
    >>> [round(value, 3) for value in log_odds_ratio(8, 10, 20, 100)]
    [1.468, 0.256]
    >>> log_odds_ratio(5, 10, 50, 100)[0]
    0.0
    """
    usual = (have + others_have + 0.5) / (known + others_known + 1.0)
    with_it, without = people * usual, people * (1.0 - usual)
    a, b = have + with_it, known - have + without
    c, d = others_have + with_it, others_known - others_have + without
    return log(a / b) - log(c / d), 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d


def shrunk(
    estimate: float, variance: float, prior_variance: float = w.IDEAL_PRIOR_VARIANCE
) -> tuple[float, float]:
    """Draw an estimate towards 0 by what one expects before looking; give it and its standard deviation.

    Mean and deviation of a normal posterior under a normal prior around 0: few people, little effect.

    References
    ----------
    S. Greenland, "Bayesian perspectives for epidemiological research: I. Foundations and basic methods",
    International Journal of Epidemiology 35 (2006), 765-775.

    Examples
    --------
    >>> [round(value, 3) for value in shrunk(1.0, 0.25, prior_variance=0.25)]
    [0.5, 0.354]
    """
    kept = prior_variance / (prior_variance + variance)
    return kept * estimate, sqrt(kept * variance)


def plain_variance(known: float, others_known: float, share: float) -> float:
    """Give the variance of log-odds between two groups, were the share the same in both.

    As in a score test: it does not depend on the difference seen, so that an estimate and its variance do not
    err together, and it stays small when nearly all of one group and hardly anybody of the other have the trait.

    Parameters
    ----------
    known, others_known : float
        People of each group, at least 0; `LIGHT_PEOPLE` imagined ones are added to each.
    share : float
        In ]0, 1[.

    References
    ----------
    S. Yusuf, R. Peto et al., "Beta blockade during and after myocardial infarction: an overview of the
    randomized trials", Progress in Cardiovascular Diseases 27 (1985), 335-371, statistical appendix, for the
    variance under no difference, here at a share given.

    Examples
    --------
    >>> round(plain_variance(9, 19, 0.5), 3)
    0.6
    """
    per_person = 1.0 / (share * (1.0 - share))
    return per_person / (known + LIGHT_PEOPLE) + per_person / (others_known + LIGHT_PEOPLE)


def light(have: int, known: int, others_have: int, others_known: int) -> tuple[float, float]:
    """Give the log-odds with hardly any imagined people, and their variance were there no difference.

    Half a person is added to each of the four counts: finite, and tame where hardly anybody has the trait.

    References
    ----------
    J. B. S. Haldane, "The estimation and significance of the logarithm of a ratio of frequencies", Annals of
    Human Genetics 20 (1956), 309-311.

    Examples
    --------
    >>> [round(value, 3) for value in light(8, 10, 20, 100)]
    [2.592, 0.528]
    """
    half = LIGHT_PEOPLE / 2.0
    a, b = have + half, known - have + half
    c, d = others_have + half, others_known - others_have + half
    usual = (have + others_have + half) / (known + others_known + LIGHT_PEOPLE)
    return log(a / b) - log(c / d), plain_variance(known, others_known, usual)


def drawn(estimate: float, variance: float, prior: Prior) -> tuple[float, float]:
    """Draw an occupation's estimate towards its family, which it is a part of; give it and its deviation.

    Of the estimate ``between / (between + variance)`` is kept, the rest is the family's; the deviation includes
    how surely the family is known.

    References
    ----------
    A. Gelman et al., "Bayesian data analysis", 3rd edition, 2013, equations 5.17 and 5.20. The kept part is
    that of B. Efron, C. Morris, "Data analysis using Stein's estimator and its generalizations",
    Journal of the American Statistical Association 70 (1975), 311-319.

    Examples
    --------
    >>> [round(value, 3) for value in drawn(1.0, 0.25, Prior(0.2, 0.05, 0.25))]
    [0.6, 0.371]
    >>> drawn(1.0, 0.25, Prior(0.2, 0.04, 0.0))
    (0.2, 0.2)
    """
    kept = prior.between / (prior.between + variance)
    left = 1.0 - kept
    return kept * estimate + left * prior.mean, sqrt(kept * variance + left * left * prior.variance)


def credit(effect: float, spread: float) -> float:
    """Give what a trait may add: a share of its effect when it is above 0 with 19 chances in 20, else nothing.

    A share only, because skills, experience and training count in other parts of the score as well.

    Examples
    --------
    >>> credit(0.5, 0.2), credit(0.5, 0.4), credit(-0.9, 0.1)
    (0.25, 0.0, 0.0)
    """
    return w.IDEAL_WEIGHT * effect if effect > ONE_SIDED * spread else 0.0


def number_having(people: Iterable[Jobseeker], occupation: str) -> tuple[Counter[str], Counter[str]]:
    """Count who has each trait, and of how many each kind is known."""
    have: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for person in people:
        for kind, codes in traits_of(person, occupation).items():
            known[kind] += 1
            have.update(codes)
    return have, known
