#!/bin/sh
# Make .venv hold exactly what a hashed requirement file names.
set -eu

echo "Installing what $1 names"
.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "$1" || {
    echo >&2
    echo "The packages could not be installed: is the Python package registry within reach? Behind a mirror:" >&2
    echo "  UV_DEFAULT_INDEX=<your mirror> make run" >&2
    exit 1
}
