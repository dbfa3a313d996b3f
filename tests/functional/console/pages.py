"""What tests of the staff pages share: a conversation to look at, and text that tries to be more than text."""

import html
import re

from sqlalchemy import select

from app.storage.answers import Answer
from tests.factories import a_person, a_survey, an_invitation, text_from
from tests.functional.console.conftest import token_on

SCRIPT = "<script>alert(1)</script>"
CORPUS = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %} ${7*7} {0.__class__}",
    "</blockquote></li><h1>gone</h1>",
    "javascript:alert(1)",
    "\u202egnorts si siht\u202c \u200b zero",
]


def join(kit, *texts, phone="+447700900001"):
    survey_id = a_survey(kit)
    an_invitation(kit, a_person(kit, phone=phone), survey_id)
    for text in ("1", "4", *texts):
        text_from(kit, text, phone=phone)
    kit.work_off()
    return survey_id


def first(kit, table):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(table.id)).first()


def answer_to(kit, question_id):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(Answer.id).where(Answer.question_id == question_id)).one()


def assert_is_text(page, words):
    assert "<script" not in page
    assert "<img" not in page
    assert "<h1>gone" not in page
    assert words in html.unescape(re.sub(r"<[^>]*>", "", page))


def upload(client, content, page="/staff/people/import", action="/staff/people/import"):
    # Written by hand: the test client leaves the file open that it keeps a large form in.
    head = '--edge\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    token = head.format("csrf_token", "") + token_on(client.get(page).text) + "\r\n"
    file = head.format("file", '; filename="file.csv"')
    body = token.encode() + file.encode() + content + b"\r\n--edge--\r\n"
    return client.post(action, data=body, content_type="multipart/form-data; boundary=edge")
