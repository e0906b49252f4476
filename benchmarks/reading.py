"""How many files a second are read, here and each in a child of its own, and how much memory a child needs.

Makes 180 Word documents and texts of some 1,200 words each and reads them in this process, in children one after the
other, and in children by four threads at once. Then reads a text of 50 MB, and the largest files of a folder where one
is given, under less and less memory.
"""

import argparse
import io
import random
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from docx import Document

from ia_workbench.corpus import ENDINGS
from ia_workbench.corpus.importers.conversion import TASKS, Converter
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.corpus.importers.sandbox import Limits
from ia_workbench.kernel import Refused

FILES, WORDS = 180, 1_200
SAID = ["the", "visit", "form", "opens", "at", "nine", "and", "my", "shift", "ends", "at", "three", "mañana"]
MEMORY = (150, 200, 250, 300, 400, 600, 1_000)  # millions of bytes of address space
LARGEST = 20  # files of a folder

File = tuple[str, bytes]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, help="a folder of real files")
    chosen = options.parse_args()
    files = list(_files())
    converter = Converter()
    began = time.perf_counter()
    converter.read(*files[0])
    print(f"first file, the helper's start included: {time.perf_counter() - began:.2f} s")
    _time("in this process", files, lambda: [read_here(*each) for each in files])
    _time("each in a child", files, lambda: [converter.read(*each) for each in files])
    with ThreadPoolExecutor(4) as threads:
        _time("in children, four threads", files, lambda: list(threads.map(lambda each: converter.read(*each), files)))
    converter.close()
    real = [(path.name, path.read_bytes()) for path in _largest(chosen.folder)] if chosen.folder else []
    _memory([*files[:2], ("long.txt", b"word " * 10_000_000), *real])


def _files() -> Iterable[File]:
    chosen = random.Random(7)  # noqa: S311 - the same files each time
    for number in range(FILES):
        lines = [
            f"{'PARENT' if line % 2 else 'WORKER'}: {' '.join(chosen.choices(SAID, k=20))}."
            for line in range(WORDS // 20)
        ]
        if number % 2:
            yield f"{number}.txt", "\n".join(lines).encode()
        else:
            yield f"{number}.docx", _word_document(lines)


def _word_document(lines: list[str]) -> bytes:
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def _largest(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file()]
    return sorted(found, key=lambda path: path.stat().st_size)[-LARGEST:]


def _time(label: str, files: list[File], act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    took = time.perf_counter() - began
    print(f"{label:<28}{len(files) / took:>8.0f} files/s{1000 * took / len(files):>8.1f} ms a file")


def _memory(files: list[File]) -> None:
    print(f"\n{len(files)} files, the largest of {max(len(content) for _, content in files) / 1e6:.0f} MB")
    for millions in MEMORY:
        converter = Converter(TASKS, Limits(memory=millions * 1_000_000))
        print(f"{millions:>6} MB of address space: {sum(_is_read(converter, *each) for each in files)} read")
        converter.close()


def _is_read(converter: Converter, name: str, content: bytes) -> bool:
    try:
        converter.read(name, content)
    except Refused:
        return False
    return True


if __name__ == "__main__":
    main()
