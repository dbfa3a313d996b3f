"""Who was asked to take part in which survey, what they said, and the links that open it on the web."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, WithId
from app.storage.database import Work, insert_once


class Invitation(WithId, Base):
    """One person asked once to take part in one survey version. Kept with the answers it led to."""

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("survey_id", "person_id"),)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey_versions.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    """The team they were in when we asked."""
    channel: Mapped[str]
    """How the invitation went out: "sms", or "web" for a link that a worker hands over."""
    invited_at: Mapped[dt.datetime] = mapped_column(index=True)
    invited_by: Mapped[UUID | None]
    joined_at: Mapped[dt.datetime | None]
    """When they said yes; never anything else than a plain 1, or the button on the page."""
    joined_wording: Mapped[str | None]
    """The version of the wording that they said yes to."""
    ended_at: Mapped[dt.datetime | None]
    """When the invitation stopped being open without a yes."""


class WebLink(WithId, Base):
    """A link that opens one conversation, or starts one. Expired links are kept 30 days."""

    __tablename__ = "web_links"

    kind: Mapped[str]
    """ "personal" (one person), "open" (anybody: makes a visitor link), "visitor" (one unknown visitor)."""
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey_versions.id"))
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    """The visitor's conversation; a personal link finds its conversation through the invitation."""
    token_hash: Mapped[str] = mapped_column(unique=True)
    form_hash: Mapped[str | None] = mapped_column(unique=True)
    """What makes a second press of an open link's button recognisable."""
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


def find_open(work: Work, person_id: UUID) -> Invitation | None:
    """Find the newest invitation that a person has not said yes to."""
    return work.session.scalar(
        select(Invitation)
        .where(
            Invitation.person_id == person_id,
            Invitation.channel == "sms",
            Invitation.joined_at.is_(None),
            Invitation.ended_at.is_(None),
        )
        .order_by(Invitation.invited_at.desc(), Invitation.id)
        .limit(1)
    )


def unanswered_texts(work: Work, person_id: UUID) -> Sequence[Invitation]:
    """Return a person's invitations by text that a plain 1 could still join."""
    return work.session.scalars(
        select(Invitation).where(
            Invitation.person_id == person_id,
            Invitation.channel == "sms",
            Invitation.joined_at.is_(None),
            Invitation.ended_at.is_(None),
        )
    ).all()


def invited_people(work: Work, survey_id: UUID) -> set[UUID]:
    """Return who was already asked to take part in a survey version."""
    return set(work.session.scalars(select(Invitation.person_id).where(Invitation.survey_id == survey_id)))


def of_survey(work: Work, survey_id: UUID) -> Sequence[Invitation]:
    """Return the invitations to a survey version, oldest first."""
    return work.session.scalars(
        select(Invitation)
        .where(Invitation.survey_id == survey_id)
        .order_by(Invitation.invited_at, Invitation.id)
    ).all()


def person_of(work: Work, invitation_id: UUID) -> UUID:
    """Return who was invited, so that their row can be locked before the invitation's."""
    return work.session.scalars(select(Invitation.person_id).where(Invitation.id == invitation_id)).one()


def find(work: Work, invitation_id: UUID) -> Invitation | None:
    """Find an invitation, to read it only."""
    return work.session.get(Invitation, invitation_id)


def get(work: Work, invitation_id: UUID) -> Invitation:
    """Return an invitation, its row locked."""
    return work.session.scalars(
        select(Invitation)
        .where(Invitation.id == invitation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def find_link(work: Work, token_hash: str, *, now: dt.datetime) -> WebLink | None:
    """Find a link that still opens."""
    return work.session.scalar(
        select(WebLink).where(
            WebLink.token_hash == token_hash, WebLink.expires_at > now, WebLink.revoked_at.is_(None)
        )
    )


def find_any_link(work: Work, token_hash: str) -> WebLink | None:
    """Find a link whether it still opens or not: what is sent through a page left open is kept all the same."""
    return work.session.scalar(select(WebLink).where(WebLink.token_hash == token_hash))


def add_visitor_link(work: Work, link: WebLink) -> bool:
    """Add the link that a press of an open link's button makes; False where the same press made it before."""
    return insert_once(work, link, unique=("form_hash",))


def find_link_by_form(work: Work, form_hash: str) -> WebLink | None:
    """Find the visitor link that a press of an open link's button has already made."""
    return work.session.scalar(select(WebLink).where(WebLink.form_hash == form_hash))


def live_links(work: Work, survey_id: UUID, *, now: dt.datetime) -> Sequence[WebLink]:
    """Return a survey version's open links that still work, newest first."""
    return work.session.scalars(
        select(WebLink)
        .where(
            WebLink.survey_id == survey_id,
            WebLink.kind == "open",
            WebLink.expires_at > now,
            WebLink.revoked_at.is_(None),
        )
        .order_by(WebLink.made_at.desc())
    ).all()


def revoke_personal_links(work: Work, invitation_id: UUID, *, now: dt.datetime) -> None:
    """Close the personal links of an invitation: a new one replaces the old."""
    for link in work.session.scalars(
        select(WebLink).where(WebLink.invitation_id == invitation_id, WebLink.revoked_at.is_(None))
    ):
        link.revoked_at = now
