"""The package's own source, read once for the rules about everything."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ia_workbench"
EVIDENCE_ROOMS = (
    "privacy", "corpus", "codebook", "process_map", "coding", "findings", "masking", "autocoding",
    "suggestions",
)  # fmt: skip
PUBLISHED_ROOMS = ("publication", "review", "briefs")
BRIDGES = ("release", "search", "withdrawal", "study_folder")
ROOMS = EVIDENCE_ROOMS + PUBLISHED_ROOMS + BRIDGES


@cache
def python_files(folder: Path = PACKAGE) -> tuple[Path, ...]:
    """Return every Python file below a folder, migrations left out."""
    return tuple(path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls_of(path: Path, name: str) -> list[int]:
    """Return the lines on which a file calls something of this name, as a function or a method."""
    return [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) == name or getattr(node.func, "id", None) == name)
    ]


def shown(path: Path) -> str:
    """Return a path as a person writes it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()
