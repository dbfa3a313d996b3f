#!/bin/sh
# Install what only the tests need and pip cannot give: a browser, a PDF reader, PostgreSQL.
# Where that is not possible the tests say what they leave out; with CI=true a missing part fails.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 — the names are words on purpose
    if apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi
echo "Some tests will be left out. To run them all: sudo apt-get install$missing" >&2
[ "${CI:-}" != true ] || exit 1
