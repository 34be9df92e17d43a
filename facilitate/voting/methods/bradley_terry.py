"""Bradley-Terry: people compare two options at a time; each gets the strength that explains best who won against whom.

The chance that a wins against b is taken to be e^a / (e^a + e^b). Equal counts as half a win for each, skipped pairs do not
count. Source: Ralph A. Bradley and Milton E. Terry, Rank Analysis of Incomplete Block Designs, Biometrika 39 (1952), 324-345;
David R. Hunter, MM Algorithms for Generalized Bradley-Terry Models, Annals of Statistics 32 (2004), 384-406, for when the
maximum exists and for its one solution. So that it always exists, each option also has `prior` comparisons (default 1), half
won and half lost, with an average option of strength 0, as in François Caron and Arnaud Doucet, Efficient Bayesian Inference for
Generalized Bradley-Terry Models, Journal of Computational and Graphical Statistics 21 (2012), 174-196. The same maximum is
found by Newton's method instead of Hunter's, which crawls where few comparisons hold two parts of the options together; the
intervals (95 %) come from the information matrix in it. Strengths are estimates, so they are floats.

>>> count(["a", "b"], [[{"winner": "a", "loser": "b"}], [{"equal": ["a", "b"]}]], {}).ranking
[['a'], ['b']]
"""

from __future__ import annotations

from math import exp, sqrt
from operator import mul
from typing import Any

from facilitate.voting.result import Result, Step, tie_steps

NAME, SHAPE = "bradley-terry", "pair"
DISPLAY, FIGURES = "intervals", ("of_hundred", "comparisons")
SAME = 1e-6
"""Strengths that are nearer to each other than this are the same: they differ by rounding only."""

LEAP = 2.0
"""How far a strength is moved at once: further out the bend of the likelihood is no guide."""

Wins = dict[tuple[str, str], int]
"""Twice the wins of one option over another, so that halves stay whole."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of {"winner", "loser"}, {"equal": [a, b]} and {"skip": [a, b]}."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, doubled: [[a, b, twice the wins of a over b, twice those of b over a], …], skipped}."""
    wins, skipped = tallied(sorted(options), ballots)
    doubled = [[a, b, wins[a, b], wins[b, a]] for a, b in sorted({(min(pair), max(pair)) for pair in wins})]
    return {"ballots": len(ballots), "doubled": doubled, "skipped": skipped}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    names, wins = sorted(options), Wins()
    for a, b, over, under in sums["doubled"]:
        wins[a, b], wins[b, a] = over, under
    strengths, errors = fitted(names, wins, settings.get("prior", 1))
    seen, won = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for (a, b), n in wins.items():
        seen[a] += n
        seen[b] += n
        won[a] += n
    figures = {one: _figures(strengths[one], errors[one], seen[one] // 2, won[one]) for one in names}
    ranking = _ranked(strengths)
    made = sum(seen.values()) // 4
    pairs, possible = len({frozenset(pair) for pair in wins}), len(names) * (len(names) - 1) // 2
    steps: list[Step] = [("vote.step.pairs", {"n": made}), ("vote.step.pairs_seen", {"seen": pairs, "n": possible})]
    if (least := min((seen[one] // 2 for one in names), default=0)) < FEW and made:
        steps.append(("vote.step.pairs_few", {"n": least}))
    matrix = [[a, b, exact_half(over), exact_half(under)] for a, b, over, under in sums["doubled"]]
    return Result(ranking, figures, [*steps, *tie_steps(ranking)], details={"pairs": matrix, "skipped": sums["skipped"], "seen": pairs, "possible": possible})


FEW = 5
"""Comparisons below which the place of an option is little more than chance."""


def exact_half(twice: int) -> int | str:
    """Half of a whole number, as it is stored."""
    return twice // 2 if twice % 2 == 0 else f"{twice}/2"


def tallied(names: list[str], ballots: list[Any]) -> tuple[Wins, int]:
    """Twice the wins of each option over each other one, and how many pairs were skipped."""
    known, wins, skipped = set(names), dict[tuple[str, str], int](), 0
    for ballot in ballots:
        for one in ballot:
            if "skip" in one:
                skipped += 1
                continue
            a, b = one["equal"] if "equal" in one else (one["winner"], one["loser"])
            if a in known and b in known:
                wins[a, b] = wins.get((a, b), 0) + (1 if "equal" in one else 2)
                wins[b, a] = wins.get((b, a), 0) + (1 if "equal" in one else 0)
    return wins, skipped


def _figures(strength: float, error: float, comparisons: int, won: int) -> dict[str, Any]:
    """What is shown of an option: `of_hundred` is how many of a hundred comparisons with an average option it would win."""
    if not comparisons:
        return {"of_hundred": 0, "comparisons": 0, "wins": 0, "strength": 0.0, "low": None, "high": None}
    low, high = strength - 1.96 * error, strength + 1.96 * error
    shown = {"strength": round(strength, 4) + 0.0, "low": round(low, 4), "high": round(high, 4)}
    return {"of_hundred": round(100 / (1 + exp(-strength))), "comparisons": comparisons, "wins": exact_half(won), **shown}


def _ranked(strengths: dict[str, float]) -> list[list[str]]:
    """Options by strength, those together that differ by rounding only."""
    ranking: list[list[str]] = []
    before = 0.0
    for one in sorted(strengths, key=lambda each: -strengths[each]):
        if ranking and before - strengths[one] < SAME:
            ranking[-1].append(one)
        else:
            ranking.append([one])
        before = strengths[one]
    return [sorted(tied) for tied in ranking]


def fitted(names: list[str], wins: Wins, prior: float) -> tuple[dict[str, float], dict[str, float]]:
    """The strengths with the highest likelihood, as logarithms, and their standard errors.

    >>> round(fitted(["a", "b"], {("a", "b"): 6, ("b", "a"): 2}, 1e-9)[0]["a"] * 2, 4)  # the logarithm of 3
    1.0986
    """
    place = {name: index for index, name in enumerate(names)}
    met = [(place[a], place[b], n / 2, (n + wins.get((b, a), 0)) / 2) for (a, b), n in wins.items() if a < b or (b, a) not in wins]
    met = sorted(((b, a, total - w, total) if a > b else (a, b, w, total)) for a, b, w, total in met)
    theta = [0.0] * len(names)
    slope, bends = _derivatives(met, theta, prior)
    factor, before = _factor(bends), 1e9
    for _ in range(200):
        step = _solved(factor, slope)
        if max(map(abs, step), default=0.0) > before / 4:  # an older matrix serves as long as the steps shrink fast
            factor = _factor(bends)
            step = _solved(factor, slope)
        before = max(map(abs, step), default=0.0)
        size = min(1.0, LEAP / before) if before else 1.0
        while True:  # the likelihood is concave: a step that goes too far is one after which the slope points back
            tried = [one + size * change for one, change in zip(theta, step, strict=True)]
            slope, bends = _derivatives(met, tried, prior)
            if sum(map(mul, slope, step)) > -1e-9 or size < 1e-6:
                break
            size /= 2
        theta = tried
        if size * before < 1e-10:
            break
    return dict(zip(names, theta, strict=True)), dict(zip(names, _errors(_factor(bends)), strict=True))


def _derivatives(met: list[tuple[int, int, float, float]], theta: list[float], prior: float) -> tuple[list[float], list[list[float]]]:
    """The slope of the logarithm of the likelihood, and its bend (the information matrix; the lower half)."""
    slope, bends = [], [[0.0] * (index + 1) for index in range(len(theta))]
    for index, one in enumerate(theta):
        chance = _chance(one)
        slope.append(prior * (0.5 - chance))
        bends[index][index] = prior * chance * (1 - chance)
    for a, b, won, total in met:
        chance = _chance(theta[a] - theta[b])
        more, bend = won - total * chance, total * chance * (1 - chance)
        slope[a] += more
        slope[b] -= more
        bends[a][a] += bend
        bends[b][b] += bend
        bends[b][a] -= bend
    return slope, bends


def _chance(difference: float) -> float:
    """The chance to win with this advantage."""
    return 1 / (1 + exp(-max(-500.0, difference)))


def _factor(bends: list[list[float]]) -> list[list[float]]:
    """The Cholesky factor of a symmetric matrix that is given by its lower half."""
    factor: list[list[float]] = []
    for row in bends:
        made: list[float] = []
        for j, other in enumerate(factor):
            made.append((row[j] - sum(map(mul, made, other))) / other[j])
        made.append(sqrt(max(row[-1] - sum(map(mul, made, made)), 1e-300)))
        factor.append(made)
    return factor


def _solved(factor: list[list[float]], right: list[float]) -> list[float]:
    """The solution of the equations whose matrix has this factor."""
    found: list[float] = []
    for row, value in zip(factor, right, strict=True):
        found.append((value - sum(map(mul, row, found))) / row[-1])
    for index in range(len(found) - 1, -1, -1):
        found[index] /= factor[index][index]
        for j in range(index):
            found[j] -= factor[index][j] * found[index]
    return found


def _errors(factor: list[list[float]]) -> list[float]:
    """The roots of the diagonal of the inverse: by the columns of the factor's own inverse."""
    size, squares = len(factor), []
    for column in range(size):
        made = [1 / factor[column][column]]
        for index in range(column + 1, size):
            row = factor[index]
            made.append(-sum(map(mul, row[column:index], made)) / row[index])
        squares.append(sqrt(sum(map(mul, made, made))))
    return squares
