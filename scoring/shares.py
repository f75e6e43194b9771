"""How many people chose which answer of a list, over everybody, with small answers put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from instruments.setup import Thresholds
from scoring.work import Ints
from scoring.work_records import ShareRow

REST = "Another or a rarer answer, or none"


def share_rows(
    codes: Ints, labels: Mapping[int, str], limits: Thresholds, beside: Sequence[int] = ()
) -> tuple[ShareRow, ...]:
    """Return one row an answer that `k_detail` people chose, and one for all others; none where withheld.

    Parameters
    ----------
    codes
        (n,) chosen codes; whoever gave no answer is counted with the rest.
    labels
        Label of each code.
    limits
        The thresholds of the release.
    beside
        Counts of everybody that are released elsewhere and may hold the very people of a row, such as
        those who used no tool and those who never tried one: a row that misses one of them by fewer than
        `k_detail` people goes to the rest.
    """
    counts = {code: int((codes == code).sum()) for code in labels}
    kept = {code: n for code, n in counts.items() if n >= limits.k_detail and not _is_near(n, beside, limits)}
    rest = len(codes) - sum(kept.values())
    while kept and 0 < rest < limits.k_detail:
        smallest = min(kept, key=lambda code: (kept[code], code))
        rest += kept.pop(smallest)
    most = max([*kept.values(), rest])
    if not kept or most >= limits.homogeneity * len(codes):
        return ()
    rows = tuple(ShareRow(label=labels[code], people=kept[code]) for code in labels if code in kept)
    return (*rows, ShareRow(label=REST, people=rest)) if rest else rows


def _is_near(count: int, beside: Sequence[int], limits: Thresholds) -> bool:
    return any(0 < abs(count - other) < limits.k_detail for other in beside)
