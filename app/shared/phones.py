"""Which phone numbers we text: UK mobiles, written E.164.

Guide 0, fact 4: Twilio does not refuse landlines and a carrier may read a text aloud to whoever answers, so
only 07… numbers that are neither personal numbers (070) nor pagers (076) are taken.
"""

import phonenumbers

TEST_PREFIX = "+999"
"""No country has it; load tests use it through a setting that production refuses."""


class NotAMobile(ValueError):  # noqa: N818
    """The text is not a UK mobile number; the message says how to mend it and never repeats it."""


def parse_uk_mobile(written: str, *, test_numbers: bool = False) -> str:
    """Return a UK mobile number as E.164.

    Ofcom's drama numbers (07700 900000–900999) count: they are the only safe ones for examples.
    Raises NotAMobile.
    """
    compact = "".join(written.split())
    if test_numbers and compact.startswith(TEST_PREFIX) and compact[1:].isdigit() and len(compact) <= 16:
        return compact
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException as error:
        raise NotAMobile("is not a phone number; write it like 07700 900123") from error
    national = str(number.national_number)
    if number.country_code != 44:
        raise NotAMobile("is not a UK number; we text UK mobiles only")
    if len(national) != 10 or not national.startswith("7") or national.startswith(("70", "76")):
        raise NotAMobile("is not a UK mobile; a landline may read our text aloud to whoever picks up")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
