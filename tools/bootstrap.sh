#!/bin/sh
# Make .venv and put the pinned uv into it, or say the one line that mends what is missing.
set -eu

mend() {
    echo >&2
    echo "$1" >&2
    echo "  $2" >&2
    exit 1
}

find_python() {
    for name in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

python=$(find_python)
[ -n "$python" ] || mend "Heard needs Python 3.11 or newer, and finds none. On Debian or Ubuntu:" \
    "sudo apt-get install python3 python3-venv"

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv || mend "This Python cannot make a virtual environment. On Debian or Ubuntu:" \
        "sudo apt-get install python3-venv"
fi

echo "Installing uv, which installs the rest"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt ||
    mend "uv could not be installed: is the Python package registry within reach? Behind a mirror:" \
        "PIP_INDEX_URL=<your mirror> UV_DEFAULT_INDEX=<your mirror> make run"
touch .venv/uv.stamp
