"""Every table in one place, so that migrations see the whole schema."""

from app.storage import (
    answers,
    audit,
    concerns,
    conversations,
    invitations,
    messages,
    outbox,
    papers,
    people,
    staff,
    surveys,
)
from app.storage.base import Base

__all__ = [
    "Base",
    "answers",
    "audit",
    "concerns",
    "conversations",
    "invitations",
    "messages",
    "outbox",
    "papers",
    "people",
    "staff",
    "surveys",
]
