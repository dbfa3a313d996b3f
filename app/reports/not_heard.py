"""What a quarter did not hear: groups, teams and subjects, as far as it can be said without pointing to anybody."""

from app.reports import wording
from app.reports.published import Figures
from app.reports.report import Bullets, Paragraph, Section


def not_heard_section(figures: Figures) -> Section:
    """Write the section of silences."""
    return Section(
        "What we did not hear",
        (),
        (
            Section("Groups", (_silent_groups(figures),)),
            Section("Teams", _teams(figures)),
            Section("Subjects", _silent_subjects(figures)),
        ),
    )


def _silent_groups(figures: Figures) -> Paragraph | Bullets:
    silent = tuple(
        f"{wording.GROUP_HEADINGS[group.group]}: nobody {'was asked' if group.asked.people == 0 else 'answered'}."
        for group in figures.groups
        if 0 in {group.asked.people, group.answered.people}
    )
    return Bullets(silent) if silent else Paragraph("No group was completely silent, as far as we can say.")


def _teams(figures: Figures) -> tuple[Paragraph | Bullets, ...]:
    teams, profile = figures.teams, figures.profile
    if not profile.name_silent_teams:
        return (Paragraph("This paper names no team."),)
    few = f"fewer than {profile.suppress_below} people answered, or too few were asked to say"
    if not teams.heard and not teams.silent:
        return (Paragraph(f"In every team {few}."),)
    told = (
        (f"At least {profile.suppress_below} people answered in these teams:", teams.heard),
        (
            f"Nobody answered in these teams, where at least {profile.zero_base} people were asked:",
            teams.silent,
        ),
        (f"In these teams {few}:", teams.too_few),
    )
    return tuple(
        block for sentence, names in told if names for block in (Paragraph(sentence), Bullets(names))
    )


def _silent_subjects(figures: Figures) -> tuple[Paragraph | Bullets, ...]:
    silent = tuple(
        f"{wording.GROUP_HEADINGS[group.group]}: {'; '.join(labels)}."
        for group in figures.groups
        if (labels := sorted(line.label for line in group.themes if line.people.people == 0))
    )
    note = Paragraph(
        "That nobody raised a subject does not mean that it matters to nobody: we may not have asked."
    )
    if not silent:
        return (Paragraph("There is no subject of which we can say that nobody raised it."),)
    return (Paragraph("Nobody raised:"), Bullets(silent), note)
