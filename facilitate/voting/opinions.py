"""Opinion groups: who votes alike over many statements, what unites all groups and what sets one apart. No person is named.

Source: Christopher T. Small et al., Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces, Recerca 26 (2021),
section 3: missing votes are filled with a statement's mean, principal components give the map, k-means the groups, the
silhouette their number; a statement represents a group by the ratio of the smoothed shares inside and outside, tested by two
z-scores; what unites is the product of the groups' smoothed shares.
"""

from __future__ import annotations

import json
from math import sqrt
from typing import Any

import numpy as np

PEOPLE, VOTES = 40, 7
"""Participants from whom a map is drawn, and the votes that make one of them: less would show persons, not opinions."""

SMALLEST = 5
"""People below which a group is not shown apart."""

SURE = 1.2816
"""The z-score of 90 % on one side."""

VALUES = {"agree": 1.0, "disagree": -1.0, "pass": 0.0}
MOST, LISTED = 5, 5


def groups(options: list[str], ballots: list[Any]) -> dict[str, Any] | None:
    """The map of the ballots, each {option id: agree | disagree | pass}; None below 40 people with 7 votes.

    Gives {people, points: [[x, y, group]], groups: [{size, says: [...]}], unites: [...], divides: [...]}; of each statement
    named, the share of a group that agrees or disagrees. Neither the order of the ballots nor that of the options matters.
    """
    names = sorted(options)
    voted = [{one: ballot[one] for one in names if one in ballot} for ballot in ballots]
    voted = sorted((ballot for ballot in voted if len(ballot) >= VOTES), key=lambda ballot: json.dumps(ballot, sort_keys=True))
    if len(voted) < PEOPLE:
        return None
    votes = np.array([[VALUES[ballot[one]] if one in ballot else np.nan for one in names] for ballot in voted])
    points = projected(votes)
    labels = merged(points, clustered(points))
    numbers = [int(label) for label in labels]
    drawn = sorted([round(float(x), 3) + 0.0, round(float(y), 3) + 0.0, group] for (x, y), group in zip(points, numbers, strict=True))
    shares = [_counts(votes[labels == group]) for group in range(max(numbers) + 1)]
    return {
        "people": len(voted), "points": drawn,
        "groups": [{"size": numbers.count(group), "says": represents(names, shares, group)} for group in range(len(shares))],
        "unites": _united(names, shares), "divides": _divided(names, shares),
    }  # fmt: skip


def projected(votes: np.ndarray) -> np.ndarray:
    """Each person's place on the first two principal components; who voted on few statements is moved outwards, as in Polis,
    since filled votes draw everybody to the middle."""
    seen = ~np.isnan(votes)
    means = np.where(seen, votes, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    centred = np.where(seen, votes, means) - means
    _, _, components = np.linalg.svd(centred, full_matrices=False)
    axes = components[:2]
    axes = axes * np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)[:, None]
    places = centred @ axes.T
    return np.asarray(places * np.sqrt(votes.shape[1] / seen.sum(axis=1))[:, None])


def clustered(points: np.ndarray) -> np.ndarray:
    """The number of each point's group: two to five groups, as many as give the best silhouette."""
    best, labels = -1.0, np.zeros(len(points), dtype=int)
    for k in range(2, MOST + 1):
        found = k_means(points, k)
        fit = silhouette(points, found)
        if fit > best + 1e-9:
            best, labels = fit, found
    return labels


def k_means(points: np.ndarray, k: int) -> np.ndarray:
    """Lloyd's algorithm from points that lie far from each other, the first one being farthest from the middle."""
    centres = [points[np.square(points - points.mean(axis=0)).sum(axis=1).argmax()]]
    while len(centres) < k:
        centres.append(points[np.min([np.square(points - centre).sum(axis=1) for centre in centres], axis=0).argmax()])
    middle, labels = np.array(centres), np.full(len(points), -1)
    while True:  # each round brings points nearer to their middles, so that it ends
        nearest = np.square(points[:, None, :] - middle[None, :, :]).sum(axis=2).argmin(axis=1)
        if (nearest == labels).all():
            return np.asarray(labels)
        labels = nearest
        middle = np.array([points[labels == group].mean(axis=0) if (labels == group).any() else middle[group] for group in range(k)])


def silhouette(points: np.ndarray, labels: np.ndarray) -> float:
    """How much nearer points are to their own group than to the next one: the mean over all, from -1 to 1."""
    used = np.unique(labels)
    if len(used) < 2:
        return -1.0
    apart = np.sqrt(np.square(points[:, None, :] - points[None, :, :]).sum(axis=2))
    sizes = np.array([(labels == group).sum() for group in used])
    sums = np.stack([apart[:, labels == group].sum(axis=1) for group in used], axis=1)
    own = np.searchsorted(used, labels)
    rows = np.arange(len(points))
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    larger = np.maximum(np.maximum(inside, outside), 1e-12)
    return float(np.where(sizes[own] > 1, (outside - inside) / larger, 0.0).mean())


def merged(points: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Groups of fewer than five people go into the nearest other one; the largest group gets the number 0."""
    labels = labels.copy()
    while True:
        used, sizes = np.unique(labels, return_counts=True)
        if len(used) == 1 or sizes.min() >= SMALLEST:
            break
        small = used[sizes.argmin()]
        middle = points[labels == small].mean(axis=0)
        others = [group for group in used if group != small]
        labels[labels == small] = min(others, key=lambda group: float(np.square(points[labels == group].mean(axis=0) - middle).sum()))
    order = sorted(used, key=lambda group: (-int((labels == group).sum()), points[labels == group].mean(axis=0).tolist()))
    return np.asarray([order.index(label) for label in labels])


def _counts(votes: np.ndarray) -> np.ndarray:
    """By statement: how many agree, how many disagree, how many said anything."""
    return np.stack([(votes == 1).sum(axis=0), (votes == -1).sum(axis=0), (~np.isnan(votes)).sum(axis=0)], axis=1)


def represents(names: list[str], shares: list[np.ndarray], group: int) -> list[dict[str, Any]]:
    """The statements that set a group apart: said by most in it, and by more in it than elsewhere, both surely."""
    inside = shares[group]
    outside = np.sum([share for number, share in enumerate(shares) if number != group], axis=0) if len(shares) > 1 else np.zeros_like(inside)
    found = []
    for index, name in enumerate(names):
        for side, stance in enumerate(("agree", "disagree")):
            n, seen, other_n, other_seen = (int(one) for one in (inside[index][side], inside[index][2], outside[index][side], outside[index][2]))
            share, other = (n + 1) / (seen + 2), (other_n + 1) / (other_seen + 2)
            sure, differs = share_test(n, seen), difference_test(n, seen, other_n, other_seen)
            if share > 0.5 and share > other and sure > SURE and differs > SURE:
                found.append((share / other * sure * differs * share, name, {"option": name, "stance": stance, "n": n, "of": seen}))
    return [said for _, _, said in sorted(found, key=lambda one: (-round(one[0], 9), one[1]))[:LISTED]]


def share_test(n: int, seen: int) -> float:
    """The z-score of a share against one half, smoothed by one as Polis does."""
    return 2 * sqrt(seen + 1) * ((n + 1) / (seen + 1) - 0.5)


def difference_test(n: int, seen: int, other_n: int, other_seen: int) -> float:
    """The z-score of the difference of two shares, each smoothed by one."""
    a, b = seen + 1, other_seen + 1
    first, second, pooled = (n + 1) / a, (other_n + 1) / b, (n + other_n + 2) / (a + b)
    return 0.0 if pooled >= 1 else (first - second) / sqrt(pooled * (1 - pooled) * (1 / a + 1 / b))


def _united(names: list[str], shares: list[np.ndarray]) -> list[dict[str, Any]]:
    """The statements with which most of every group agree, or disagree, the most shared first."""
    found = []
    for index, name in enumerate(names):
        for side, stance in enumerate(("agree", "disagree")):
            each = [(int(share[index][side]) + 1) / (int(share[index][2]) + 2) for share in shares]
            if min(each) > 0.5:
                found.append((float(np.prod(each)), name, {"option": name, "stance": stance, "shares": [round(one, 3) for one in each]}))
    return [said for _, _, said in sorted(found, key=lambda one: (-round(one[0], 9), one[1]))[:LISTED]]


def _divided(names: list[str], shares: list[np.ndarray]) -> list[dict[str, Any]]:
    """The statements on which the groups differ most: by the distance of the largest and the smallest share that agrees."""
    if len(shares) < 2:
        return []
    found = []
    for index, name in enumerate(names):
        each = [(int(share[index][0]) + 1) / (int(share[index][2]) + 2) for share in shares]
        found.append((max(each) - min(each), name, {"option": name, "shares": [round(one, 3) for one in each]}))
    return [said for _, _, said in sorted(found, key=lambda one: (-round(one[0], 9), one[1]))[:LISTED]]
