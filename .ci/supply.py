"""What Kring is made of: `bill` writes it down, `pinned` and `secrets` refuse, `advisories` asks for known flaws.

`bill`        a software bill of materials (CycloneDX 1.5) of the locked libraries, into $DATA/kring.cdx.json
`pinned`      every library in the locks has one version and hashes, and no address stands in them
`secrets`     no key, token or password of a real thing in any tracked file
`advisories`  asks osv.dev about the versions of the lock. The only one that needs the network; not in the build,
              because a flaw found elsewhere must not stop a change here. Run it daily: `make advisories`
"""

import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("base", "test")
ASK = "https://api.osv.dev/v1/querybatch"
LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]+\])?==(?P<version>[^\s;\\]+)(?P<rest>.*)$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")
ADDRESS = re.compile(r"^\s*(-i|--index-url|--extra-index-url|-f|--find-links)\b|https?://|file:", re.MULTILINE)
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a field key": re.compile(r"(?<![A-Za-z0-9_/+-])[A-Za-z0-9_-]{43}=(?![A-Za-z0-9=])"),
    "an access key": re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}"),
    "a token": re.compile(r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{10,}"),
    "a set secret": re.compile(r"^\s*(export )?(SECRET_KEY|FIELD_KEYS)=['\"]?[A-Za-z0-9_+/=-]{30,}", re.MULTILINE),
}
BINARY = {".png", ".jpg", ".ico", ".mo", ".woff2", ".pdf"}


@dataclass(frozen=True)
class Library:
    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def locked(text: str) -> tuple[list[Library], list[str]]:
    """The libraries of a lock, and the lines that are no library with hashes."""
    found, odd = [], []
    for line in text.replace("\\\n", " ").splitlines():
        line = line.partition(" #")[0].strip()
        if not line or line.startswith("#"):
            continue
        match, hashes = LINE.match(line), tuple(HASH.findall(line))
        if match and hashes:
            found.append(Library(match["name"], match["version"], hashes))
        else:
            odd.append(line[:80])
    return found, odd


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def bill() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    target = Path(os.environ.get("DATA") or ROOT / "var") / "kring.cdx.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill_of(locked(lock("base"))[0], project["version"]), indent=1) + "\n")
    print(f"bill of materials: {target}")
    return 0


def bill_of(libraries: list[Library], version: str) -> dict:
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "kring", "version": version}},
        "components": [
            {
                "type": "library",
                "bom-ref": one.purl,
                "name": one.name,
                "version": one.version,
                "purl": one.purl,
                "properties": [{"name": "kring:sha256", "value": digest} for digest in one.hashes],
            }
            for one in libraries
        ],
    }


def pinned() -> int:
    wrong = [f"{name}: {line}" for name in LOCKS for line in locked(lock(name))[1]]
    wrong += [f"{name}: an address stands in it" for name in LOCKS if ADDRESS.search(lock(name))]
    return said(wrong, f"{sum(len(locked(lock(name))[0]) for name in LOCKS)} libraries, all with hashes")


def secrets() -> int:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607
    files = [ROOT / name for name in listed.stdout.split("\0") if name and Path(name).suffix not in BINARY]
    wrong = [
        f"{file.relative_to(ROOT)}: {what}"
        for file in files
        if file.is_file()
        for what in found_in(file.read_text(errors="replace"))
    ]
    return said(wrong, f"{len(files)} files, no secret")


def found_in(text: str) -> list[str]:
    return [what for what, pattern in SECRETS.items() if pattern.search(text)]


def advisories() -> int:
    libraries = locked(lock("base"))[0]
    asked = [{"package": {"ecosystem": "PyPI", "name": one.name.lower()}, "version": one.version} for one in libraries]
    request = urllib.request.Request(ASK, json.dumps({"queries": asked}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return said(told(libraries, json.load(answer)), f"{len(libraries)} libraries, no known flaw")


def told(libraries: list[Library], answer: dict) -> list[str]:
    """One line for each flaw that the answer names."""
    results = answer.get("results", [])
    if len(results) != len(libraries):
        return ["The answer does not fit the question; ask again."]
    return [
        f"{one.name} {one.version}: {flaw['id']}"
        for one, result in zip(libraries, results, strict=True)
        for flaw in result.get("vulns", [])
    ]


def said(wrong: list[str], well: str) -> int:
    print("\n".join(wrong) if wrong else well)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit({"bill": bill, "pinned": pinned, "secrets": secrets, "advisories": advisories}[sys.argv[1]]())
