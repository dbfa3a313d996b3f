"""Whether a port of this machine is free, and who holds it if not."""

import socket
from contextlib import suppress
from pathlib import Path

LISTENING = "0A"


def is_free(port: int) -> bool:
    """Whether a server could listen on a port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def how_to_free(port: int) -> str:
    """Say who holds a port, as far as this machine tells us, and what to do about it."""
    another = f"`make run PORT={port + 1}`"
    holder = find_holder(port)
    if holder is None:
        return f"Port {port} is taken by another program. Stop it, or take another port: {another}"
    process_id, name = holder
    return (
        f"Port {port} is taken by {name} (process {process_id}). "
        f"Stop it with `kill {process_id}`, or take another port: {another}"
    )


def find_holder(port: int) -> tuple[int, str] | None:
    """Return the process that listens on a port and its name, or None where it cannot be known."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    if not sockets:
        return None
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        if sockets & _open_files(process):
            return int(process.name), _name_of(process)
    return None


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in _lines(table)[1:]:
            words = line.split()
            if words[3] == LISTENING and int(words[1].rpartition(":")[2], 16) == port:
                inodes.add(words[9])
    return inodes


def _lines(path: Path) -> list[str]:
    # Only Linux has these tables; elsewhere the holder is simply not named.
    try:
        return path.read_text(encoding="ascii").splitlines()
    except OSError:
        return []


def _open_files(process: Path) -> set[str]:
    # Another user's process does not show its files, and files are closed while we look.
    found = set()
    with suppress(OSError):
        for file in (process / "fd").iterdir():
            with suppress(OSError):
                found.add(str(file.readlink()))
    return found


def _name_of(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8").strip()
    except OSError:
        return "a program"
