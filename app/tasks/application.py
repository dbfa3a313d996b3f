"""The task queue: Celery over files on one machine, or over a real broker."""

from pathlib import Path

from celery import Celery

FIRST = "first"
"""The queue of alerts and of the sweeper. A worker takes from each queue in turn, so that they wait for one job at most."""
ORDINARY = "celery"
LOOKS_EVERY_SECONDS = 0.1
"""How long a worker waits between two looks into its folder; with the transport's own second it does two jobs a second."""


def make_queue(broker_url: str, data_dir: Path) -> Celery:
    """Return the queue that web, worker and beat share.

    filesystem:// keeps jobs as files below data_dir. It may lose a job when a worker is killed; the sweeper
    publishes again whatever the rows say is due.
    """
    # A host that nobody uses: without one the transport warns at each start.
    address = "filesystem://localhost" if broker_url == "filesystem://" else broker_url
    queue = Celery("heard", broker=address, set_as_current=False)
    queue.conf.update(
        task_ignore_result=True,
        task_acks_late=True,
        task_serializer="json",
        accept_content=["json"],
        timezone="UTC",
        broker_connection_retry_on_startup=True,
        worker_hijack_root_logger=False,
        worker_prefetch_multiplier=1,
        task_queues={FIRST: {"routing_key": FIRST}, ORDINARY: {"routing_key": ORDINARY}},
        task_default_queue=ORDINARY,
        task_routes={"alert": {"queue": FIRST}, "sweep": {"queue": FIRST}},
        beat_schedule_filename=str(data_dir / "beat-schedule"),
        broker_transport_options=_folders(broker_url, data_dir),
    )
    return queue


def _folders(broker_url: str, data_dir: Path) -> dict[str, object]:
    if not broker_url.startswith("filesystem://"):
        return {}
    jobs = data_dir / "jobs"
    control = data_dir / "jobs-control"
    for folder in (jobs, control):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "data_folder_in": str(jobs),
        "data_folder_out": str(jobs),
        "control_folder": str(control),
        "store_processed": False,
        "polling_interval": LOOKS_EVERY_SECONDS,
    }
