"""The command ``sakip-rules``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; ``--version`` is answered before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        from sakip_rules import __version__

        sys.stdout.write(f"sakip-rules {__version__}\n")
        return
    from sakip_rules.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
