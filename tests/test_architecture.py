"""The picture in ``ARCHITECTURE.md``, held: who imports whom, and what stands nowhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sakip_rules
from sakip_rules import hookspecs, plugins
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code

PACKAGE = Path(sakip_rules.__file__).parent
TESTS = Path(__file__).parent
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}

#: What each part of the package may import of the others; a part is a folder, or a module beside them.
MAY_IMPORT: dict[str, set[str]] = {
    "base": set(),
    "syntax": {"base"},
    "model": {"base", "syntax"},
    "checks": {"base", "syntax", "model"},
    "engine": {"base", "syntax", "model"},
    "report": {"base", "syntax", "model"},
    "messages": {"base"},
    "hookspecs": {"model"},
    "answers": {"base", "model", "messages"},
    "builtin": {"hookspecs", "model", "checks", "engine", "cli"},
    "guards": {"base", "model", "answers", "builtin"},
    "plugins": {"base", "hookspecs", "model", "answers", "builtin", "guards", "__init__"},
    "files": {"base"},
    "cache": set(),
    "inputs": {"base", "model", "files", "plugins"},
    "levels": {"base", "model", "engine", "files"},
    "year_plugins": {"base", "model", "guards", "inputs", "project"},  # the last two for their types
    "testing": {"guards", "model"},
    "project": {
        "base",
        "model",
        "checks",
        "engine",
        "report",
        "files",
        "cache",
        "inputs",
        "plugins",
        "levels",
        "year_plugins",
    },
    "difference": {"base", "model", "engine", "project"},
    "cli": {
        "base",
        "syntax",
        "model",
        "engine",
        "report",
        "messages",
        "files",
        "cache",
        "inputs",
        "answers",
        "guards",
        "plugins",
        "project",
        "difference",
        "__init__",
    },
    "__init__": {"base", "model", "engine", "hookspecs", "project", "cli"},
    "__main__": {"cli", "__init__"},
}
#: What only some modules may import, and which.
OUTSIDERS: dict[str, set[str]] = {
    "lark": {"syntax/parser.py"},
    "pluggy": {"hookspecs.py", "plugins.py"},
    "click": {
        *(
            f"cli/commands/{name}.py"
            for name in (
                "__init__",
                "root",
                "options",
                "checking",
                "figures",
                "reports",
                "making",
            )
        ),
        "cli/extension.py",
        "cli/help.py",
        "cli/progress.py",
        "cli/session.py",
    },
    "pickle": {"cache.py"},
    "subprocess": {"cli/revisions.py", "cli/tree_drawing.py", "testing.py"},
}
EXACT = ("base", "syntax", "model", "checks", "engine", "report", "messages")
#: Words of at least two letters in one string, from which on it is a sentence.
SENTENCE = 4


def part(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that a module imports, at its head, in its functions, or for its types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (item.name for item in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert node.module
            yield node.module
            yield from (f"{node.module}.{item.name}" for item in node.names)


def parts_imported(name: str) -> set[str]:
    """The parts of the package that a module imports."""
    found = set()
    for module in imported(TREES[name]):
        if module == "sakip_rules.__version__":
            found.add("__init__")
        elif module.startswith("sakip_rules."):
            found.add(module.split(".")[1])
    return found - {part(name)}


def test_every_part_has_its_place() -> None:
    """A new folder or module is put into the picture first."""
    assert {part(name) for name in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_one_way(name: str) -> None:
    """base ← syntax ← model ← checks, engine and report ← project ← cli; nothing sideways."""
    assert parts_imported(name) <= MAY_IMPORT[part(name)]


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_an_outsider_is_known_to_few(outsider: str) -> None:
    """So that it can be replaced by changing those."""
    knowing = {name for name, tree in TREES.items() if outsider in {module.split(".")[0] for module in imported(tree)}}
    assert knowing == OUTSIDERS[outsider]


def inexact(tree: ast.AST) -> Iterator[int]:
    """The lines on which a number is, or becomes, a float."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("float", "complex"):
            yield node.lineno


def likenesses(tree: ast.AST) -> set[int]:
    """The lines that say how alike two words must be: the only numbers that are no figures."""
    return {
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("get_close_matches", "nearest")))
        or (isinstance(node, ast.arg) and node.arg == "cutoff")
    }


@pytest.mark.parametrize("name", [name for name in MODULES if part(name) in EXACT])
def test_no_figure_is_a_float(name: str) -> None:
    """Neither written as one nor made into one."""
    assert set(inexact(TREES[name])) - likenesses(TREES[name]) == set()


CHANGING = {"append", "extend", "insert", "update", "setdefault", "add", "clear", "pop", "remove", "register"}


def changed_on_import(tree: ast.Module) -> Iterator[str]:
    """Statements by which a module changes something when it is imported, or its own globals later."""
    for node in tree.body:
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
            yield ast.unparse(node)
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for inner in ast.walk(tree):
        if isinstance(inner, ast.Global):
            yield ast.unparse(inner)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            owner = inner.func.value
            if inner.func.attr in CHANGING and isinstance(owner, ast.Name) and owner.id in names:
                yield ast.unparse(inner)
        if isinstance(inner, ast.Assign):
            for target in inner.targets:
                if (
                    isinstance(target, ast.Subscript)
                    and isinstance(target.value, ast.Name)
                    and target.value.id in names
                ):
                    yield ast.unparse(inner)


@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_registered_on_import(name: str) -> None:
    """Neither is a list or mapping of a module changed by its functions."""
    guarded = "if __name__ == '__main__'"
    assert [found for found in changed_on_import(TREES[name]) if guarded not in found] == []


def for_programmers(tree: ast.AST) -> set[int]:
    """The strings that document a module, class or function, and those of an exception."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    raised = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Raise) for inner in ast.walk(node)}
    return documented | raised


def sentences(tree: ast.AST) -> list[str]:
    """The strings of a module that read like a sentence of a natural language."""
    programmers = for_programmers(tree)
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in programmers]
    word = re.compile(r"(?<!\S)[A-Za-z]{2,}(?=[\s.,:;!?]|$)")
    return [node.value for node in strings if isinstance(node.value, str) and len(word.findall(node.value)) >= SENTENCE]


@pytest.mark.parametrize("name", [name for name in MODULES if part(name) != "messages"])
def test_no_sentence_stands_in_code(name: str) -> None:
    """All of them are in the catalogues, in both languages."""
    assert sentences(TREES[name]) == []


#: Code, and the sentences in it.
SPOKEN = [
    ('"""This is not meant at all."""\nx = f"the file {name} is not there"', []),
    ('raise TypeError("this is for programmers alone")', []),
    ('x = f"{name}: the file is not there"', [": the file is not there"]),
    ('def f():\n    return "berkas itu tidak ada"', ["berkas itu tidak ada"]),
]


@pytest.mark.parametrize(("code", "found"), SPOKEN, ids=["docstring", "exception", "formatted", "plain"])
def test_a_sentence_would_be_found(code: str, found: list[str]) -> None:
    """Also in a formatted string."""
    assert sentences(ast.parse(code)) == found


HOOKS = [name for name, value in vars(hookspecs).items() if hasattr(value, f"{hookspecs.PROJECT}_spec")]


def test_there_are_hooks() -> None:
    """So that the tests below test something."""
    assert HOOKS == [
        "sakip_libraries",
        "sakip_year_rules",
        "sakip_functions",
        "sakip_checks",
        "sakip_readers",
        "sakip_vocabulary",
        "sakip_exporters",
        "sakip_commands",
    ]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_documented_used_and_tested(hook: str) -> None:
    """When it is called, by whom the package itself uses it, and by a test that names it."""
    assert "Called once" in (getattr(hookspecs, hook).__doc__ or "")
    own = getattr(plugins.find().manager.hook, hook).get_hookimpls()
    assert any(item.plugin.__module__.startswith("sakip_") if hasattr(item.plugin, "__module__") else
               item.plugin.__name__.startswith("sakip_") for item in own)  # fmt: skip
    assert hook in (TESTS / "project" / "test_plugins.py").read_text(encoding="utf-8")


def constant(code: Code) -> str:
    [name] = [name for name, value in vars(codes).items() if value is code]
    return name


USED = "\n".join(path.read_text(encoding="utf-8") for name, path in MODULES.items() if name != "base/codes.py")
TESTED = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(TESTS.rglob("*"))
    if path.suffix in (".py", ".sakip", ".csv", ".txt")
    and path.parent.name not in ("messages", "golden", "benchmarks")
    and path.name != "test_architecture.py"
)


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.name)
def test_a_code_is_used_and_tested(code: Code) -> None:
    """A finding that nothing reports, or that no test has seen, is not one."""
    assert re.search(rf"\bcodes\.{constant(code)}\b", USED)
    assert re.search(rf"\b(codes\.{constant(code)}|{code.name})\b", TESTED)
