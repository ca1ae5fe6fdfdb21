"""The stack and the anatomy of `pyproject.toml` hold."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import ROOT

pytestmark = pytest.mark.db_free


def test_import_contracts_hold():
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:]
