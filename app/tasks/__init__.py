"""What runs in the background: names of use cases, and when. Jobs carry ids; the rows hold the truth."""

from app.tasks.application import make_queue
from app.tasks.waking import Waker
from app.tasks.work import register

__all__ = ["Waker", "make_queue", "register"]
