"""What the package itself brings, through the hooks that every plugin uses; each part is loaded when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from sakip_rules.hookspecs import hookimpl

if TYPE_CHECKING:
    from sakip_rules.model.checks import Check
    from sakip_rules.model.commands import Command
    from sakip_rules.model.functions import Function
    from sakip_rules.model.readers import DataFile, DataReader, Known, Reading
    from sakip_rules.model.vocabulary import Kind

#: The name under which it stands among the plugins.
NAME = "bawaan"


class BuiltIn:
    """The functions, checks, readers, kinds and commands of the package."""

    @hookimpl
    def sakip_functions(self) -> Iterable[Function]:
        from sakip_rules.engine.functions import BUILT_IN

        return tuple(BUILT_IN.values())

    @hookimpl
    def sakip_checks(self) -> Iterable[Check]:
        from sakip_rules import checks

        return checks.ALL

    @hookimpl
    def sakip_readers(self) -> Iterable[DataReader]:
        from sakip_rules.model.readers import DataReader

        return DataReader("csv", (".csv",), _read_csv), DataReader("toml", (".toml",), _read_toml)

    @hookimpl
    def sakip_vocabulary(self) -> Iterable[Kind]:
        from sakip_rules.model.vocabulary import CORE

        return tuple(CORE.kinds.values())

    @hookimpl
    def sakip_commands(self) -> Iterable[Command]:
        from sakip_rules.cli.commands import root
        from sakip_rules.model.commands import Command

        return tuple(Command(name, partial(root.commands.get, name)) for name in root.commands)


def _read_csv(file: DataFile, known: Known, mark: str | None) -> Reading:
    from sakip_rules.engine.data import read_csv

    return read_csv(file.source, known, mark)


def _read_toml(file: DataFile, known: Known, mark: str | None) -> Reading:
    from sakip_rules.engine.data import read_toml

    return read_toml(file.source, known)
