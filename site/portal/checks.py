"""House rules that Django can check at start-up."""

import importlib.util
import sysconfig
from pathlib import Path

from django.core import checks


@checks.register()
def standard_library_is_not_shadowed(app_configs, **kwargs):
    """`site/` and `locale/` are folders of ours; `import site` and `import locale` must stay Python's own."""
    home = Path(sysconfig.get_paths()["stdlib"]).resolve()
    shadowed = []
    for name in ("site", "locale"):
        spec = importlib.util.find_spec(name)
        origin = spec.origin if spec else None
        if origin not in ("frozen", "built-in") and (not origin or home not in Path(origin).resolve().parents):
            shadowed.append(checks.Error(f"The folder {name}/ hides Python's own module {name!r}.", id="portal.E001"))
    return shadowed
