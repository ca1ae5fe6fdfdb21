#!/usr/bin/env bash
# The static gates. Each names itself, all run, and one failure is enough to fail.
set -u
PYTHON=${PYTHON:-.venv/bin/python}
BIN=$(dirname "$PYTHON")
failed=0
gate() { local name="$1"; shift; if output=$("$@" 2>&1); then echo "ok    $name"; else echo "FAIL  $name"; echo "$output" | tail -40; failed=1; fi; }

gate "lint" "$BIN/ruff" check .
gate "format" "$BIN/ruff" format --check .
gate "types of the pure modules" "$BIN/mypy"
gate "import contracts" env PYTHONPATH=.:site "$BIN/lint-imports" --no-cache
gate "templates" "$BIN/djlint" --lint --quiet groups moderation resources site
gate "migrations complete" env DJANGO_SETTINGS_MODULE=portal.settings.test "$PYTHON" site/manage.py makemigrations --check --dry-run
gate "translations complete" env DJANGO_SETTINGS_MODULE=portal.settings.test "$PYTHON" site/manage.py check_catalogues
gate "libraries pinned by hash" "$PYTHON" .ci/supply.py pinned
gate "no secrets in the sources" "$PYTHON" .ci/supply.py secrets
gate "bill of materials" "$PYTHON" .ci/supply.py bill
gate "production settings" env DATA="$(mktemp -d)" BASE_URL=https://kring.example.invalid EMAIL_URL=smtp://localhost:25 REDIS_URL=redis://127.0.0.1:6379/0 \
  SECRET_KEY="$("$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(50))')" FIELD_KEYS="$("$PYTHON" -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')" \
  "$PYTHON" site/manage.py check --deploy --fail-level WARNING
exit $failed
