#!/bin/sh
# Finds a Chromium for the browser tests, else installs one; says which. Writes its path to var/browser.
PYTHON="$1"
mkdir -p var
for name in "$KRING_CHROMIUM" chromium chromium-browser google-chrome; do
  [ -n "$name" ] && path=$(command -v "$name" 2>/dev/null) && [ -n "$path" ] && break
  path=""
done
if [ -z "$path" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Kring: installing Chromium with the system's package manager …"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && path=$(command -v chromium)
fi
if [ -z "$path" ]; then
  echo "Kring: no Chromium here; trying Playwright's own …"
  "$PYTHON" -m playwright install chromium && path="playwright"
fi
if [ -z "$path" ]; then
  echo "No browser could be found or installed. Install Chromium (Debian, Ubuntu: sudo apt install chromium) or set KRING_CHROMIUM to its path." >&2
  exit 1
fi
echo "Kring: browser tests use $path"
echo "$path" > var/browser
