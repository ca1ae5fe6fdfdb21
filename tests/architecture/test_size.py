"""Small files, one concept each: a module is about 400 lines at most."""

import pytest

from .sources import place, python_files

pytestmark = pytest.mark.db_free


def test_no_module_outgrows_four_hundred_lines():
    long = {place(file): lines for file in python_files() if (lines := len(file.read_text().splitlines())) > 400}
    assert long == {}
