"""One line of what is reported: what was looked for, how many there should be, how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass

NAMED_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was counted twice, in two ways that know nothing of each other."""

    what: str
    expected: int
    found: int
    wrong: tuple[str, ...] = ()
    """Where they differ: ids of replies, or labels of figures; never anybody's words."""

    @property
    def holds(self) -> bool:
        """Whether there is no difference."""
        return self.expected == self.found and not self.wrong


def of_each(what: str, names: Iterable[str], wrong: Iterable[str]) -> Check:
    """Check that something holds of each."""
    expected, failed = list(names), sorted(wrong)
    return Check(what, len(expected), len(expected) - len(failed), tuple(failed))


def show(checks: Iterable[Check]) -> bool:
    """Print a table of checks, and return whether all of them hold."""
    checks = list(checks)
    width = max(len(check.what) for check in checks)
    print(f"{'':{width}}  expected   found")
    for check in checks:
        mark = "ok" if check.holds else "DIFFERS"
        print(f"{check.what:{width}}  {check.expected:8d}  {check.found:6d}  {mark}")
        for name in check.wrong[:NAMED_AT_MOST]:
            print(f"    {name}")
        if len(check.wrong) > NAMED_AT_MOST:
            print(f"    and {len(check.wrong) - NAMED_AT_MOST} more")
    return all(check.holds for check in checks)
