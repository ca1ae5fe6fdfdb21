#!/bin/sh
# Says in one sentence what is missing on this machine, and how to get it.
PY="$1"
command -v "$PY" >/dev/null 2>&1 || {
  echo "Kring needs Python 3.11 or newer, and '$PY' was not found. Install it (Debian, Ubuntu: sudo apt install python3 python3-venv), or say which one: make run PY=python3.12" >&2
  exit 1
}
"$PY" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Kring needs Python 3.11 or newer; '$PY' is $("$PY" -V 2>&1). Say which one to use: make run PY=python3.12" >&2
  exit 1
}
"$PY" -c 'import ensurepip, venv' 2>/dev/null || {
  echo "Python cannot make a virtual environment here because ensurepip is missing. On Debian and Ubuntu: sudo apt install python3-venv" >&2
  exit 1
}
