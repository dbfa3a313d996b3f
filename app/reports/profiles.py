"""The disclosure rules that a kind of reader gets, as data (guide 8.2)."""

from dataclasses import dataclass, fields
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Profile:
    """Thresholds of disclosure control; `profiles.yaml` says what each of them means."""

    name: str
    minimum_base: int
    suppress_below: int
    zero_base: int | None
    round_to: int
    round_below_base: int | None
    percent_base: int
    direction_points: int
    name_silent_teams: bool

    def rounds(self, base: int) -> bool:
        """Whether counts out of this many people are rounded."""
        return self.round_below_base is None or base < self.round_below_base

    def may_be_rounded(self, shown_base: int) -> bool:
        """Whether counts out of a base that is shown as this may have been rounded: 98 and 100 both read 100."""
        return self.rounds(shown_base) or shown_base == self.round_below_base

    def shows_zero(self, base: int) -> bool:
        """Whether a nought out of this many people is shown."""
        return self.zero_base is not None and base >= self.zero_base

    def is_small(self, count: int) -> bool:
        """Whether a count is so small that it is hidden for its own sake."""
        return 0 < count < self.suppress_below


class ProfilesBroken(ValueError):  # noqa: N818 — named as the fact, as all our errors are
    """The file of profiles does not say exactly what is needed."""


def read_profiles(text: str) -> dict[str, Profile]:
    """Read profiles from YAML; every key must be there, and none besides."""
    wanted = {field.name for field in fields(Profile)} - {"name"}
    table = yaml.safe_load(text)
    for name, settings in table.items():
        if set(settings) != wanted:
            message = f"{name}: {', '.join(sorted(set(settings) ^ wanted))} missing or not known."
            raise ProfilesBroken(message)
    return {name: Profile(name=name, **settings) for name, settings in table.items()}


def _packaged() -> dict[str, Profile]:
    return read_profiles(resources.files("app.reports").joinpath("profiles.yaml").read_text("utf-8"))


PROFILES = _packaged()
BOARD_EXEMPT = PROFILES["board_exempt"]
PUBLIC = PROFILES["public"]
TEAM_VIEW = PROFILES["team_view"]
