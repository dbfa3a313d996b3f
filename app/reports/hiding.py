"""Choose which cells of one table are hidden. Exact numbers in, positions out; rounding comes later.

The choice is safe even against a reader who is told every shown number exactly and knows these rules: for each
small hidden cell there is another table that would have been published alike and has another number there.
"""

from collections.abc import Iterator, Sequence

from app.reports.profiles import Profile


def hide_parts(parts: Sequence[int], profile: Profile) -> frozenset[int]:
    """Choose the hidden cells of parts that add up to a known base.

    Primary (guide 8.2, primary suppression, zero, homogeneity): small counts, noughts out of a small base, and the
    whole table where everybody falls into one part. Secondary (guide 8.2, complementary): the next-smallest part, so
    that no hidden cell is what is left over; where what is left over can still be solved, the whole table.
    """
    everything = frozenset(range(len(parts)))
    base = sum(parts)
    if any(looks_like_everybody(part, base, profile) for part in parts):
        return everything
    hidden = _with_next_smallest(parts, profile)
    if hidden and not _keeps_its_secret(parts, hidden, profile):
        return everything
    return hidden


def hide_overlapping(counts: Sequence[int], base: int, profile: Profile) -> frozenset[int]:
    """Choose the hidden cells of counts that overlap, as themes do, so that no sum gives one away."""
    return frozenset(
        place
        for place, number in enumerate(counts)
        if is_primary(number, base, profile) or looks_like_everybody(number, base, profile)
    )


def is_primary(number: int, base: int, profile: Profile) -> bool:
    """Whether a count is hidden for its own sake (guide 8.2, primary suppression and zero)."""
    if number == 0:
        return not profile.shows_zero(base)
    return profile.is_small(number)


def looks_like_everybody(number: int, base: int, profile: Profile) -> bool:
    """Whether a count is, or after rounding would read as, all of a group (guide 8.2, homogeneity)."""
    return base > 0 and rounded(number, base, profile) >= rounded(base, base, profile)


def rounded(number: int, base: int, profile: Profile) -> int:
    """Round a count out of a base as the profile asks (guide 8.2, rounding), halves up."""
    if not profile.rounds(base):
        return number
    step = profile.round_to
    return (2 * number + step) // (2 * step) * step


def _with_next_smallest(parts: Sequence[int], profile: Profile) -> frozenset[int]:
    base = sum(parts)
    primary = {place for place, part in enumerate(parts) if is_primary(part, base, profile)}
    if not primary:
        return frozenset()
    # A shown nought is no cover: hiding it would leave the sum of the others as it was.
    cover = [place for place, part in enumerate(parts) if part > 0 and place not in primary]
    return frozenset({*primary, *sorted(cover, key=lambda place: (parts[place], place))[:1]})


def _keeps_its_secret(parts: Sequence[int], hidden: frozenset[int], profile: Profile) -> bool:
    base = sum(parts)
    return all(
        any(
            other[place] != parts[place] and _is_published_alike(other, hidden, profile)
            for other in _neighbours(parts, hidden)
        )
        for place in hidden
        if is_primary(parts[place], base, profile)
    )


def _is_published_alike(parts: Sequence[int], hidden: frozenset[int], profile: Profile) -> bool:
    base = sum(parts)
    return not any(looks_like_everybody(part, base, profile) for part in parts) and (
        _with_next_smallest(parts, profile) == hidden
    )


def _neighbours(parts: Sequence[int], hidden: frozenset[int]) -> Iterator[list[int]]:
    """Every table that moves some people from one hidden cell to another."""
    for giver in hidden:
        for taker in hidden - {giver}:
            for moved in range(1, parts[giver] + 1):
                other = list(parts)
                other[giver] -= moved
                other[taker] += moved
                yield other
