"""The four families of things that go wrong for us; what a young person types is never one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input, where it is, and how to mend it."""

    place: str
    """Where: "row 4, column phone", "questions[2].text", "HEARD_PUBLIC_URL". Never a name, number or reply."""
    problem: str
    """What is wrong and what to do about it, in one sentence."""

    @override
    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class Rejected(Exception):  # noqa: N818 — named as the fact, as all our errors are
    """The caller can mend it; every fault is told at once and nothing was changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class NotFound(Exception):  # noqa: N818
    """There is no such thing, or none that this caller may know of."""


class NotAllowed(Exception):  # noqa: N818
    """The caller may not do this."""


class ProviderFailed(Exception):  # noqa: N818
    """A provider did not do what we asked."""

    def __init__(self, code: str, *, retryable: bool, ambiguous: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable
        """It was certainly not done, and may be asked again."""
        self.ambiguous = ambiguous
        """It may have been done: never ask again blindly."""
