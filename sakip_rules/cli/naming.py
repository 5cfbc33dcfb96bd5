"""Names of files that are the same on every machine, for what leaves it: reports and publications."""

from __future__ import annotations

import os
from pathlib import Path

from sakip_rules.plugins import Plugins


class Names:
    """Names for files that are the same on every machine: by their place in the folder, a library or a year plugin."""

    def __init__(self, folder: Path, plugins: Plugins) -> None:
        self.folder = Path(os.path.abspath(folder))
        roots = [(self.folder, "")]
        roots += [(path, f"pustaka/{name}/") for name, path in plugins.libraries.items()]
        roots += [(rules.folder, f"pengaya/{rules.name}/") for rules in plugins.year_rules if rules.folder]
        both = {(each, prefix) for root, prefix in roots for each in (Path(os.path.abspath(root)), root.resolve())}
        self.roots = sorted(both, key=lambda each: (-len(each[0].parts), each[1]))

    def shown(self, path: Path) -> str:
        whole = Path(os.path.abspath(path))
        for root, prefix in self.roots:
            if whole.is_relative_to(root):
                return f"{prefix}{whole.relative_to(root).as_posix()}"
        return Path(os.path.relpath(whole, self.folder)).as_posix()
