"""What Celery runs: `celery --app worker worker` and `celery --app worker beat`."""

from app.factory import create_worker
from app.settings import Settings

celery = create_worker(Settings.from_environ())
