"""A PostgreSQL server of the tests' own: never the machine's."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

SERVER_USER = "postgres"
OPTIONS = "-c listen_addresses= -c fsync=on -c max_connections=60 -c log_min_messages=fatal"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reached over a socket in its own folder."""

    folder: Path

    def url_of(self, name: str) -> str:
        """Return a database's address as settings write it."""
        return f"postgresql+psycopg://{SERVER_USER}@/{name}?host={self.folder}"

    def create(self, *, template: str = "template0") -> str:
        """Make a database, a copy of the template, and return its name."""
        name = f"heard_{uuid.uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, with whoever is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            f"host={self.folder} user={SERVER_USER} dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """Start a server in a folder of its own, and stop and remove it at the end."""
    # Not pytest's folder: a socket's path may have 107 characters only, and root's folders are closed to others.
    folder = Path(tempfile.mkdtemp(prefix="heard-pg-"))
    cluster = folder / "cluster"
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam(SERVER_USER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _run(
            programs / "initdb",
            "-D",
            cluster,
            "-U",
            SERVER_USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        _run(
            programs / "pg_ctl",
            "-D",
            cluster,
            "-w",
            "-l",
            folder / "log",
            "-o",
            f"{OPTIONS} -k {folder}",
            "start",
        )
        try:
            yield Server(folder)
        finally:
            _run(programs / "pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _run(*command: str | Path) -> None:
    # PostgreSQL refuses to run as root.
    prefix = ("runuser", "-u", SERVER_USER, "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        (*prefix, *map(str, command)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd="/",
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")
