"""What staff are told once they have sent words to the safeguarding queue: no more than is true."""

from flask import flash

from app.http import toolkit
from app.usecases import accounts


def say_that_it_is_raised() -> None:
    """Say that an item is in the queue, and whether anybody is alerted."""
    if accounts.has_leads(toolkit()):
        flash("It is in the safeguarding queue, and an alert is on its way to the named leads.")
    else:
        flash(
            "It is in the safeguarding queue, but nobody is alerted: no named lead is active. "
            "Speak to a safeguarding lead yourself, now."
        )
