"""Finding the sentences of refusals and advice in the source, whatever way they take to where they are said.

Rooms write `Refused("There is no code {path}.", path=path)`, or keep the sentence in a constant, a table or a variable,
or hand it to a function of theirs. All of these have one thing in common: the function or class that takes the sentence
calls its parameter `sentence`. So that name is looked for, and what is handed to it is followed back to the words.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
PARAMETER = "sentence"
PAGES = PACKAGE / "web"  # a parameter of this name holds translated words there
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Found:
    """A sentence, or None where the words could not be followed back; `line` is where it is handed over."""

    line: int
    sentence: str | None


@dataclass(frozen=True)
class Module:
    """A module's syntax tree with the values of its names."""

    tree: ast.Module
    names: dict[str, ast.expr]
    imported: dict[str, tuple[str, str]]


def sentences_of(path: Path) -> Iterator[Found]:
    """Yield every sentence that a module of the package hands to something that takes a `sentence`, in its order."""
    yield from _within(_module(path).tree, path, {}, frozenset())


def _within(node: ast.AST, path: Path, names: dict[str, list[ast.expr]], given: frozenset[str]) -> Iterator[Found]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield from _within(child, path, _values(child), frozenset(each.arg for each in _parameters(child)))
            continue
        if isinstance(child, ast.Call) and (handed := _handed_over(child, path)) is not None:
            yield from (Found(child.lineno, each) for each in _words(handed, path, names, given))
        yield from _within(child, path, names, given)


def _handed_over(call: ast.Call, path: Path) -> ast.expr | None:
    """Return what a call hands over as the sentence, if it calls something that takes one."""
    name = _called(call)
    place = _takers_within(path).get(name, _takers().get(name))
    if place is None:
        return None
    named = [each.value for each in call.keywords if each.arg == PARAMETER]
    return named[0] if named else call.args[place] if len(call.args) > place else None


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        is_super = isinstance(call.func.value, ast.Call) and getattr(call.func.value.func, "id", "") == "super"
        return f"super().{call.func.attr}" if is_super else call.func.attr
    return getattr(call.func, "id", "")


def _words(
    value: ast.expr, path: Path, names: dict[str, list[ast.expr]], given: frozenset[str]
) -> Iterator[str | None]:
    """Yield every text that an expression can be, None for what cannot be followed."""
    if isinstance(value, ast.Constant):
        yield from (value.value,) if isinstance(value.value, str) else ()
    elif _is_handed_in(value, given):
        return
    else:
        parts = (names.get(value.id) or _kept(value.id, path)) if isinstance(value, ast.Name) else _parts(value)
        yield from (each for part in parts for each in _words(part, path, names, given))
        if not parts:
            yield None


def _is_handed_in(value: ast.expr, given: frozenset[str]) -> bool:
    """Say whether a sentence came from elsewhere, where it was followed: a parameter, or a part of something made."""
    if isinstance(value, ast.Name):
        return value.id == PARAMETER and value.id in given
    if isinstance(value, ast.Subscript):
        return isinstance(value.slice, ast.Constant) and value.slice.value == PARAMETER
    return isinstance(value, ast.Attribute) and value.attr == PARAMETER


def _parts(value: ast.expr) -> list[ast.expr]:
    """Return the expressions of which one becomes the value of an expression; none where that cannot be told."""
    match value:
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.Dict(values=values) | ast.Tuple(elts=values):
            return values
        case ast.Subscript(value=table):
            return [table]
        case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_key, *default]):
            return [table, *default]
    return []


def _kept(name: str, path: Path) -> list[ast.expr]:
    """Return the value of a module's constant, its own or brought in from another module of the package."""
    module = _module(path)
    if name in module.names:
        return [module.names[name]]
    where, original = module.imported.get(name, ("", ""))
    other = PACKAGE.parent.joinpath(*where.split("."))
    source = other / "__init__.py" if other.is_dir() else other.with_suffix(".py")
    return _kept(original, source) if where.startswith(PACKAGE.name) and source.is_file() else []


@cache
def _module(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return Module(tree, {name: values[-1] for name, values in _assigned(tree.body).items()}, imported)


def _values(function: Function) -> dict[str, list[ast.expr]]:
    """Return what each name of a function is set to, every time it is."""
    return _assigned(each for each in ast.walk(function) if isinstance(each, ast.stmt))


def _assigned(statements: Iterable[ast.stmt]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for each in statements:
        match each:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found.setdefault(name, []).append(value)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs = zip(targets, values, strict=False)
                found |= {name.id: [value] for name, value in pairs if isinstance(name, ast.Name)}
    return found


def _parameters(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


@cache
def _takers() -> dict[str, int]:
    """Every class and every function offered to others that takes a sentence, with the place it is handed over at."""
    modules = {path: _module(path).tree for path in sorted(PACKAGE.rglob("*.py"))}
    classes = [
        (path, each) for path, tree in modules.items() for each in ast.walk(tree) if isinstance(each, ast.ClassDef)
    ]
    found = {"super().__init__": 0}
    for path in modules:
        found |= {name: place for name, place in _takers_within(path).items() if not name.startswith("_")}
    found |= {each.name: place for path, each in classes if (place := _place_in(each, path)) is not None}
    return found | {each.name: found[base] for _path, each in classes if (base := _made_like(each)) in found}


@cache
def _takers_within(path: Path) -> dict[str, int]:
    """The functions and methods of one module that take a sentence."""
    if path.is_relative_to(PAGES):
        return {}
    functions = [each for each in ast.walk(_module(path).tree) if isinstance(each, Function)]
    return {each.name: place for each in functions if (place := _place(each)) is not None and each.name != "__init__"}


def _place(function: Function) -> int | None:
    names = [each.arg for each in _parameters(function)]
    return names.index(PARAMETER) - (names[0] in ("self", "cls")) if PARAMETER in names else None


def _place_in(made: ast.ClassDef, path: Path) -> int | None:
    """The place in a class's own `__init__`, or among the fields of a frozen dataclass."""
    if path.is_relative_to(PAGES):
        return None
    for each in made.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            return _place(each)
    fields = [
        each.target.id for each in made.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]
    return fields.index(PARAMETER) if PARAMETER in fields else None


def _made_like(made: ast.ClassDef) -> str:
    """Return the class that says how this one is made, empty when it says so itself or has no plain base."""
    if any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in made.body) or not made.bases:
        return ""
    return getattr(made.bases[0], "id", "")
