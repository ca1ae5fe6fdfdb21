"""`site/` and `locale/` are folders of this project and must never hide Python's own modules."""

import locale
import site
import sysconfig
from pathlib import Path

import pytest

pytestmark = pytest.mark.db_free


@pytest.mark.parametrize("module", [site, locale])
def test_the_standard_library_keeps_its_modules(module):
    assert Path(sysconfig.get_paths()["stdlib"]) in Path(module.__file__).parents


def test_site_is_a_folder_and_not_a_package():
    root = Path(__file__).resolve().parents[2]
    assert not (root / "site" / "__init__.py").exists()
