"""A provider that behaves as the real one does: signs what it sends, and sends again what got no answer."""

import time
from dataclasses import dataclass, field

import requests

from app.channels.twilio.account import MESSAGE_PATH, TwilioAccount
from app.channels.twilio.signature import SIGNATURE_HEADER, sign
from tests.support.servers import RunningApp
from tests.support.settings import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER

PATIENCE = 60.0
BETWEEN_TRIES = 0.05


@dataclass
class Provider:
    """Delivers texts to a running server and remembers every answer to each."""

    app: RunningApp
    replies: dict[str, list[str]] = field(default_factory=dict)
    unanswered: int = 0
    """Deliveries that got no answer, or a failure: each of them was tried again."""

    def __post_init__(self) -> None:
        self.account = TwilioAccount(
            account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, numbers=(OUR_NUMBER,), public_url=self.app.url
        )

    def deliver(self, sid: str, phone: str, text: str) -> str:
        """Deliver one text until it is acknowledged, and return the reply."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = self._try(sid, phone, text)
            if answer is not None:
                self.replies.setdefault(sid, []).append(answer)
                return answer
            self.unanswered += 1
            time.sleep(BETWEEN_TRIES)
        raise TimeoutError(f"{sid} was never acknowledged")

    def _try(self, sid: str, phone: str, text: str) -> str | None:
        form = {
            "MessageSid": sid,
            "AccountSid": ACCOUNT_SID,
            "From": phone,
            "To": OUR_NUMBER,
            "Body": text,
            "NumMedia": "0",
        }
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.post(
                    self.app.url + MESSAGE_PATH,
                    data=form,
                    headers={SIGNATURE_HEADER: sign(self.account, MESSAGE_PATH, form)},
                    timeout=20,
                )
        except requests.RequestException:
            return None
        if answer.status_code >= 500:
            return None
        assert answer.status_code == 200, answer.status_code
        return answer.text
