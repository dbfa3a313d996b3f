"""What tests of the web chat do again and again."""

import re
from urllib.parse import urlsplit

from sqlalchemy import func, select

from app.storage.messages import InboundMessage

SERIOUS = "my foster dad hits me"
MIXED = """
key: mixed
version: 1
title: Mixed
cohorts: [child_in_care]
questions:
  - id: asked
    kind: yes_no
    text: "Do people ask what you think?"
  - id: where
    kind: choice
    text: "What would you like a say in?"
    options:
      - {key: home, label: where I live}
      - {key: other, label: something else}
  - id: better
    kind: open_text
    text: "What would make things better?"
closing: "That is all. Thank you."
"""


def path_of(url):
    return urlsplit(url).path


def count(kit, table):
    with kit.toolkit.database.read() as work:
        return work.session.scalar(select(func.count()).select_from(table))


def one(kit, table):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(table)).one()


def texts_in(kit):
    with kit.toolkit.database.read() as work:
        return {work.unseal(row, "body_sealed") for row in work.session.scalars(select(InboundMessage))}


def turn_on(page):
    return re.search(r'name="turn" value="(\d+)"', page.text)[1]


def press_on(page):
    return re.search(r'name="press" value="([^"]+)"', page.text)[1]


def heading_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<h1.*?</h1>", page.text, re.DOTALL)[0]).split())


def send(client, link, text, turn="0"):
    # Two messages of one moment have no order.
    client.application.extensions["heard"].clock.pass_time(seconds=1)
    return client.post(f"{link}/reply", data={"turn": turn, "text": text}, follow_redirects=True)
