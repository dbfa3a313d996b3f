"""Who is asked what: a survey for each question, a fictional person for each reply and channel, an invitation each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.shared.cohorts import Cohort
from app.shared.messages import Channel
from app.storage import people
from app.storage.staff import RoleName
from app.usecases import accounts, invitations, outbound, people_import, surveys
from app.usecases.quiet import next_text_time
from app.usecases.toolkit import Toolkit
from tools.carry.deliveries import Errand
from tools.carry.rows import Row
from tools.carry.stage import Stage

TEAMS = ("Ash team", "Birch team", "Cedar team", "Elm team", "Hazel team", "Oak team")
SIGNS_IN_NEVER = "!"
MOST_SWEEPS = 20


@dataclass(frozen=True, slots=True)
class Staff:
    """The staff of the council that is made up here."""

    worker: UUID
    second_worker: UUID
    lead: UUID


@dataclass(frozen=True, slots=True)
class Part:
    """One reply through one channel, before anybody was invited."""

    row: Row
    channel: Channel
    number: int

    @property
    def name(self) -> str:
        """The fictional person's name."""
        return f"Person {self.row.id} {self.channel}"

    @property
    def phone(self) -> str:
        """Their number, set aside for fiction; none on the web."""
        return f"07700 900{self.number:03d}" if self.channel is Channel.SMS else ""


def add_staff(toolkit: Toolkit) -> Staff:
    """Add two workers and the two named leads whom every concern alerts."""

    def add(email: str, role: RoleName, phone: str | None = None) -> UUID:
        return accounts.add_staff(
            toolkit,
            email=email,
            name=email.partition("@")[0],
            roles=[role],
            password_hash=SIGNS_IN_NEVER,
            phone=phone,
            is_named_lead=phone is not None,
        )

    staff = Staff(
        add("worker@example.org", RoleName.PARTICIPATION_WORKER),
        add("second.worker@example.org", RoleName.PARTICIPATION_WORKER),
        add("lead@example.org", RoleName.SAFEGUARDING_LEAD, "07700 900998"),
    )
    add("second.lead@example.org", RoleName.SAFEGUARDING_LEAD, "07700 900997")
    return staff


def cast(rows: Sequence[Row]) -> list[Part]:
    """Return a part for each reply and channel; the youngest have no phone."""
    by_text = [row for row in rows if row.may_text]
    return [
        *(Part(row, Channel.SMS, number) for number, row in enumerate(by_text)),
        *(Part(row, Channel.WEB, number) for number, row in enumerate(rows)),
    ]


def invite_all(stage: Stage, parts: Sequence[Part], staff: Staff) -> list[Errand]:
    """Publish, import and invite through the very use cases that staff use; return what is to be carried."""
    toolkit = stage.toolkit
    people_import.import_people(toolkit, _people_file(parts), actor_id=staff.worker)
    known, designations = _known(toolkit)
    errands = []
    for number, question in enumerate(dict.fromkeys(part.row.question for part in parts), start=1):
        asked = [part for part in parts if part.row.question == question]
        survey_id = surveys.publish_file(toolkit, _survey_file(number, question), actor_id=staff.worker)
        result = invitations.invite(
            toolkit,
            survey_id=survey_id,
            person_ids=[known[part.name] for part in asked],
            actor_id=staff.worker,
        )
        links = {designations[link.who]: link.address for link in result.links}
        errands += [Errand(part.row, part.channel, _address(part, links), part.number) for part in asked]
    _send_invitations(toolkit)
    return errands


def _send_invitations(toolkit: Toolkit) -> None:
    """Send what waits as if the next hour at which we may text had come: nobody says yes to what was not sent."""
    due = next_text_time(toolkit.clock())
    by_day = replace(toolkit, clock=lambda: due)
    for _ in range(MOST_SWEEPS):
        waiting = [row_id for task, row_id in outbound.sweep(by_day) if task == "deliver"]
        if not waiting:
            return
        for row_id in waiting:
            outbound.deliver(by_day, row_id)


def _address(part: Part, links: Mapping[str, str]) -> str:
    if part.channel is Channel.WEB:
        return links[part.name]
    return "+44" + part.phone.replace(" ", "").removeprefix("0")


def _people_file(parts: Sequence[Part]) -> bytes:
    lines = ["name,phone,cohort,age_band,team"]
    for place, part in enumerate(parts):
        team = TEAMS[place % len(TEAMS)]
        lines.append(f"{part.name},{part.phone},{part.row.cohort},{part.row.age_band},{team}")
    return "\n".join(lines).encode()


def _known(toolkit: Toolkit) -> tuple[dict[str, UUID], dict[str, str]]:
    with toolkit.database.read() as work:
        named = [(work.unseal(person, "name_sealed") or "", person) for person in people.everyone(work)]
    return (
        {name: person.id for name, person in named},
        {person.designation: name for name, person in named},
    )


def _survey_file(number: int, question: str) -> bytes:
    # JSON is YAML, and needs no care with quotes.
    survey = {
        "key": f"question-{number}",
        "version": 1,
        "title": f"Question {number}",
        "cohorts": [cohort.value for cohort in Cohort],
        "questions": [{"id": "said", "kind": "open_text", "text": question}],
        "closing": "Thanks, that is all we wanted to ask.",
    }
    return json.dumps(survey).encode()
