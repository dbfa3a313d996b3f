"""Whether the demo starts in an empty folder, starts again without loading twice, and how soon it answers."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.ports import free_port

READY = "Heard is ready"


def main() -> int:
    """Start the demo twice in one folder; return 1 if either start fails."""
    with tempfile.TemporaryDirectory(prefix="heard-demo-") as folder:
        for title in ("First start, empty folder", "Second start, same folder"):
            seconds, said = start_and_stop(Path(folder), free_port())
            if seconds is None:
                print(f"{title}: it never answered.\n{said}")
                return 1
            print(f"{title}: first page after {seconds:.1f} s; said on the way:")
            print("".join(f"    {line}\n" for line in said.splitlines() if " | " not in line), end="")
    return 0


def start_and_stop(folder: Path, port: int) -> tuple[float | None, str]:
    """Serve until the first page answers, then stop; return the seconds it took, if it answered, and its words."""
    began = time.monotonic()
    command = (sys.executable, "-m", "tools.run", "--port", str(port), "--folder", str(folder))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said, seconds = "", None
        for line in process.stdout:
            said += line
            if line.startswith(READY):
                seconds = time.monotonic() - began
                os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
    return seconds, said


if __name__ == "__main__":
    sys.exit(main())
