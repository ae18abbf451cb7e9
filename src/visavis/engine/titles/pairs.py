"""What speaks for a label being what a title means: the evidence of each pair, and what it adds up to."""

import numpy as np
from numpy.typing import NDArray

from visavis.engine.titles.words import Asked, Rows, TitleWords

NAMES = (
    *(
        "near",
        "profile",
        "together",
        "title_alike",
        "label_alike",
        "both_alike",
        "title_near",
        "label_near",
        "both_near",
    ),
    *("heads", "head_in_label", "head_in_title", "head_near", "label_head_near"),
    *("title_unmet", "label_unmet", "label_words"),
    *("stems", "stem_pairs", "profile_stems", "profile_pairs"),
    *("rarest_alike", "rarest_near", "occupation_alike", "occupation_near"),
)
"""The evidence, in the order of the last axis.

near : the cosine of letters, stems and pairs of stems; profile : the same with all labels of the occupation.
together : the cosines of all labels of the occupation, as a mean of power six, above this one.
title_alike, label_alike : the share of the words of one that the other has, the rare weighing more and each
    counted by its most alike word; both_alike is the root of their product.
title_near, label_near, both_near : the same, where words learnt to stand for one another count too.
heads : how alike the first words are; head_in_label, head_in_title : the first word of one in the other;
head_near, label_head_near : the same with what was learnt.
title_unmet, label_unmet : words of one without a like in the other, in tens; label_words : in tens.
stems, stem_pairs, profile_stems, profile_pairs : the cosines of words alone, and of neighbouring words.
rarest_alike, rarest_near : how well the label has the rarest word of the title.
occupation_alike, occupation_near : the share of the title's words that any label of the occupation has.
"""

UNMET = 0.125
POWER = 6

type Floats = NDArray[np.float32]
type Grid = NDArray[np.float32]


def together(near: Floats, codes: Rows) -> Floats:
    """Give, for each candidate, the power mean of the candidates of its occupation, less its own cosine."""
    same = codes[:, :, None] == codes[:, None, :]
    sums = np.matmul(same.astype(np.float32), (near**POWER)[:, :, None])[:, :, 0]
    added: Floats = sums ** np.float32(1 / POWER) - near
    return added


def _covered(best: Grid, rarity: Grid) -> Floats:
    """Share of the words met, the rare weighing more; words along the first axis."""
    total: Floats = np.maximum(rarity.sum(axis=0), np.float32(1e-6))
    met: Floats = (best * rarity).sum(axis=0)
    return met / total


def evidence(words: TitleWords, asked: Asked, labels: Rows, cosines: Floats, codes: Rows) -> Floats:
    """Gather the evidence of n titles and k candidates each.

    Parameters
    ----------
    words : of all labels.
    asked : of the titles.
    labels : int (n, k), rows of labels.
    cosines : float32 (6, n, k), with the labels and with the profiles of their occupations; then the same of
        stems and pairs of stems alone, of labels and of profiles.
    codes : int (n, k), occupations of these labels.

    Returns
    -------
    float32, shape (n, k, len(NAMES)).
    """
    # Words first, so that the greatest and the sums run over whole slices.
    here = asked.rows.T[:, None, :, None]
    there = words.rows[labels].transpose(2, 0, 1)
    title_rarity = asked.rarity.T[:, :, None]
    label_rarity = words.rarity[there]
    alike, near_words = asked.alike[here, there[None]], asked.near[here, there[None]]
    title_best, label_best = alike.max(axis=1), alike.max(axis=0)
    title_nearest, label_nearest = near_words.max(axis=1), near_words.max(axis=0)
    title_alike, label_alike = _covered(title_best, title_rarity), _covered(label_best, label_rarity)
    title_near, label_near = _covered(title_nearest, title_rarity), _covered(label_nearest, label_rarity)
    near, profile, *of_words = cosines
    rarest = asked.rarity.argmax(axis=1)[None, :, None]
    anywhere = asked.rows.T[:, :, None], codes[None]
    parts = (
        near,
        profile,
        together(near, codes),
        title_alike,
        label_alike,
        np.sqrt(title_alike * label_alike),
        title_near,
        label_near,
        np.sqrt(title_near * label_near),
        alike[0, 0],
        title_best[0],
        label_best[0],
        title_nearest[0],
        label_nearest[0],
        ((title_best < UNMET) & (title_rarity > 0)).sum(axis=0) / 10,
        ((label_best < UNMET) & (label_rarity > 0)).sum(axis=0) / 10,
        (label_rarity > 0).sum(axis=0) / 10,
        *of_words,
        np.take_along_axis(title_best, rarest, axis=0)[0],
        np.take_along_axis(title_nearest, rarest, axis=0)[0],
        _covered(asked.occupation_alike[anywhere], title_rarity),
        _covered(asked.occupation_near[anywhere], title_rarity),
    )
    return np.stack([part.astype(np.float32) for part in parts], axis=2)
