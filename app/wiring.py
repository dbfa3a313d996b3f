"""Build the toolkit from the settings: the one place where ports meet their makers."""

import datetime as dt
import secrets

from celery import Celery
from govuk_bank_holidays.bank_holidays import BankHolidays

from app.analysis import concerns, tagger
from app.channels.mail import SmtpMailer
from app.channels.recording import RecordingGateway, RecordingMailer
from app.channels.twilio.account import TwilioAccount
from app.channels.twilio.gateway import TwilioGateway
from app.flows.wording import shipped_council
from app.settings import Gateway, Settings
from app.shared.clock import system_clock
from app.storage.database import Database
from app.storage.sealing import Sealer
from app.tasks import Waker
from app.usecases import toolkit
from app.usecases.toolkit import Toolkit

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without the letters and digits that are taken for one another when read aloud."""
REFERENCE_LENGTH = 4
TOKEN_BYTES = 32


def build_toolkit(settings: Settings, queue: Celery) -> Toolkit:
    """Return the ports as the settings ask for them."""
    sealer = Sealer(settings.data_keys, settings.fingerprint_key)
    # Rules that cannot be read stop the start, not the first disclosure; and nobody's first message waits for them.
    concerns.screen("")
    tagger.tag("")
    return Toolkit(
        database=Database(settings.database_url, sealer, wake=Waker(queue)),
        clock=system_clock,
        council=shipped_council(settings.council),
        holidays=bank_holidays(),
        gateway=_gateway(settings),
        mailer=_mailer(settings),
        screen=concerns.screen,
        tag=tagger.tag,
        new_token=_new_token,
        new_reference=_new_reference,
        public_url=settings.public_url,
        test_numbers=settings.test_numbers,
    )


def twilio_account(settings: Settings) -> TwilioAccount:
    """Return what the Twilio channel must know."""
    return TwilioAccount(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        numbers=settings.twilio_numbers,
        public_url=settings.public_url,
        messaging_service_sid=settings.twilio_messaging_service_sid,
        api_url=settings.twilio_api_url,
    )


def bank_holidays() -> frozenset[dt.date]:
    """Return the bank holidays of England that the library brings along: nothing is fetched."""
    holidays = BankHolidays(use_cached_holidays=True)
    return frozenset(
        holiday["date"] for holiday in holidays.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    )


def _gateway(settings: Settings) -> toolkit.Gateway:
    if settings.gateway is Gateway.RECORDING:
        return RecordingGateway()
    return TwilioGateway(twilio_account(settings))


def _mailer(settings: Settings) -> toolkit.Mailer:
    if settings.mail_url is None:
        return RecordingMailer()
    return SmtpMailer(settings.mail_url, settings.mail_from)


def _new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _new_reference() -> str:
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
