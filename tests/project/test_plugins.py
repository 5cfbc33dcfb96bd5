"""The hooks: what the package itself brings through them, and what a stranger's plugin adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from attrs import evolve

import sakip_rules
from sakip_rules import Function, hookimpl, hookspecs, plugins
from tests.running import ROOT, Command, places, write


def test_the_national_library_comes_in_through_sakip_libraries() -> None:
    """From the checkout, where it was not installed elsewhere."""
    assert plugins.libraries(plugins.manager())["nasional"].samefile(ROOT / "rules" / "nasional")


def test_the_functions_of_the_language_come_in_through_sakip_functions() -> None:
    """Under the names that formulas call them by."""
    found = plugins.functions(plugins.manager())
    assert {"jumlah", "rata_rata", "min", "maks", "bulat"} <= set(found)
    assert all(name == function.name for name, function in found.items())


def test_each_manager_is_made_anew() -> None:
    """What one project registers, another does not see."""
    one = plugins.manager()
    one.register(object(), "asing")
    assert not plugins.manager().has_plugin("asing")


class Stranger:
    """A plugin of another agency."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @hookimpl
    def sakip_libraries(self) -> Mapping[str, Path]:
        return {"provinsi": self.folder, "nasional": self.folder}

    @hookimpl
    def sakip_functions(self) -> Iterable[Function]:
        yield evolve(plugins.functions(plugins_of(None))["jumlah"], name="total")


def plugins_of(stranger: object | None) -> plugins.Plugins:
    """A manager with what the package brings, and a stranger's plugin."""
    found = REAL()
    if stranger is not None:
        found.register(stranger, "asing")
    return found


REAL = plugins.manager


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stranger:
    """A plugin as if it were installed."""
    plugin = Stranger(write(tmp_path / "provinsi", {"v.sakip": 'variabel v "V" { satuan: orang }\n'}))
    monkeypatch.setattr(plugins, "manager", lambda: plugins_of(plugin))
    return plugin


@pytest.mark.usefixtures("stranger")
def test_a_strangers_library_and_function_can_be_used(command: Command, tmp_path: Path) -> None:
    """As the package's own."""
    rules = {"a.sakip": 'indikator a "A" {\n    satuan: orang\n    rumus: total(v; v)\n}\n'}
    write(tmp_path / "dinas", {**rules, "sakip.toml": 'pustaka = ["nasional", "provinsi"]\n'})
    assert places(command("validate", "dinas").out) == []


def test_without_the_plugin_neither_is_known(command: Command, tmp_path: Path) -> None:
    """Which are findings, with what is known."""
    rules = {"a.sakip": 'indikator a "A" {\n    satuan: orang\n    rumus: total(1; 2)\n}\n'}
    write(tmp_path / "dinas", {**rules, "sakip.toml": 'pustaka = ["nasional", "provinsi"]\n'})
    outcome = command("validate", "dinas")
    assert places(outcome.out) == ["dinas/a.sakip:3:12 N107", "dinas/sakip.toml:1:24 B110"]
    assert "pustaka yang terpasang: nasional" in outcome.out


def test_a_library_keeps_the_name_that_was_registered_first(stranger: Stranger) -> None:
    """The other of its name is not merged into it."""
    found = plugins.libraries(plugins.manager())
    assert found == {"provinsi": stranger.folder, "nasional": plugins.libraries(plugins_of(None))["nasional"]}


def test_the_fingerprint_tells_sets_of_plugins_apart(stranger: Stranger) -> None:
    """So that findings are not kept over the installation of one."""
    assert plugins.fingerprint(plugins.manager()) != plugins.fingerprint(plugins_of(None))
    assert plugins.fingerprint(plugins_of(None)) == plugins.fingerprint(plugins_of(None))


# The package root.


@pytest.mark.parametrize("name", sakip_rules.__all__)
def test_what_is_public_is_what_its_home_holds(name: str) -> None:
    """Each name is loaded from where it is defined."""
    public = getattr(sakip_rules, name)
    assert name == "hookimpl" or public.__module__.startswith("sakip_rules.")
    assert name != "hookimpl" or public is hookspecs.hookimpl


def test_what_is_not_public_is_no_attribute() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="tidak_ada"):
        _ = sakip_rules.tidak_ada
