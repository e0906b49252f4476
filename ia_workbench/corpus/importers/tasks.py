"""What a child can be asked to do with a file."""

from collections.abc import Callable
from typing import TypeAlias

from ia_workbench.corpus.importers.archives import unpack_here
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.corpus.importers.values import ReadFile, Unpacked

Task: TypeAlias = Callable[[str, bytes], ReadFile | Unpacked | None]

TASKS: dict[str, Task] = {"read": read_here, "unpack": unpack_here}
