"""Links that open a survey on the web: one for each person, or one for everybody."""

import datetime as dt
import hashlib
import re
from base64 import urlsafe_b64encode
from uuid import UUID

from app.flows import engine
from app.flows.survey import Survey
from app.shared.errors import Fault, NotFound, Rejected
from app.storage import audit, conversations, invitations, surveys
from app.storage.audit import Subject
from app.storage.database import Work
from app.storage.invitations import WebLink
from app.storage.sealing import hash_token
from app.usecases import turns
from app.usecases.toolkit import Toolkit

PERSONAL, OPEN, VISITOR = "personal", "open", "visitor"
MOST_DAYS = 92
VISIT = dt.timedelta(hours=48)
"""How long a visitor of an open link may take."""
PRESS = re.compile(r"[A-Za-z0-9_-]{43}")
"""What a form of ours carries so that a second press is recognisable: a token of our making."""


def make_open_link(toolkit: Toolkit, survey_id: UUID, *, actor_id: UUID | None, days: int) -> str:
    """Make a link that anybody may open; return its address, which cannot be shown again."""
    _require_days(days)
    token, now = toolkit.new_token(), toolkit.clock()
    with toolkit.database.begin() as work:
        if surveys.find(work, survey_id) is None:
            raise NotFound
        link = WebLink(kind=OPEN, survey_id=survey_id, **_dates(now, days), token_hash=hash_token(token))
        _add(work, link, actor_id=actor_id, now=now)
    return f"{toolkit.public_url}/s/{token}"


def make_personal_link(toolkit: Toolkit, invitation_id: UUID, *, actor_id: UUID | None, days: int) -> str:
    """Make one person's link; return its address, which cannot be shown again. It replaces their older ones."""
    _require_days(days)
    token, now = toolkit.new_token(), toolkit.clock()
    with toolkit.database.begin() as work:
        invitation = invitations.find(work, invitation_id)
        if invitation is None:
            raise NotFound
        invitations.revoke_personal_links(work, invitation_id, now=now)
        link = WebLink(
            kind=PERSONAL,
            survey_id=invitation.survey_id,
            invitation_id=invitation_id,
            **_dates(now, days),
            token_hash=hash_token(token),
        )
        _add(work, link, actor_id=actor_id, now=now)
    return f"{toolkit.public_url}/t/{token}"


def start_visit(toolkit: Toolkit, open_token: str, press: str) -> str | None:
    """Open a conversation for an unknown visitor and return their own link's token.

    The same press again gives the same link; None where the press has been used, so that the next child at a
    shared computer never lands in the last one's conversation. Raises NotFound.
    """
    if not PRESS.fullmatch(press):
        return None
    token, now = _visitor_token(press), toolkit.clock()
    with toolkit.database.begin() as work:
        opened = invitations.find_link(work, hash_token(open_token), now=now)
        if opened is None or opened.kind != OPEN:
            raise NotFound
        link = WebLink(
            kind=VISITOR,
            survey_id=opened.survey_id,
            made_at=now,
            expires_at=now + VISIT,
            token_hash=hash_token(token),
            form_hash=hash_token(press),
        )
        if invitations.add_visitor_link(work, link):
            _open_visit(work, press, now=now)
            return token
        return token if _is_untouched(work, press) else None


def _open_visit(work: Work, press: str, *, now: dt.datetime) -> None:
    link = invitations.find_link_by_form(work, hash_token(press))
    if link is None:
        raise NotFound
    survey = Survey.from_json(surveys.get(work, link.survey_id).definition)
    conversation = turns.open_conversation(
        work, link.survey_id, engine.start(survey), invitation=None, now=now
    )
    link.conversation_id = conversation.id


def _is_untouched(work: Work, press: str) -> bool:
    link = invitations.find_link_by_form(work, hash_token(press))
    if link is None or link.conversation_id is None:
        return False
    return conversations.get(work, link.conversation_id).turn == 0


def _visitor_token(press: str) -> str:
    # Derived, because only hashes are stored and a second press must be sent to the same place.
    digest = hashlib.sha256(f"visitor\x1f{press}".encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _require_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Rejected([Fault("days", f"must be from 1 to {MOST_DAYS}")])


def _dates(now: dt.datetime, days: int) -> dict[str, dt.datetime]:
    return {"made_at": now, "expires_at": now + dt.timedelta(days=days)}


def _add(work: Work, link: WebLink, *, actor_id: UUID | None, now: dt.datetime) -> None:
    work.session.add(link)
    audit.append(work, f"link.{link.kind}_made", Subject("link", link.id), actor_id=actor_id, at=now)
