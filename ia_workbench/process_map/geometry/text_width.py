"""How wide words are in the interface's typeface, so that titles break where they must."""

from collections.abc import Callable

# Advance widths of Inter at weight 560 for U+0020 to U+007E, in thousandths of the type size.
ADVANCES = (
    258, 314, 512, 642, 648, 1000, 659, 321, 372, 372, 532, 671, 312, 464, 312, 375,
    654, 420, 621, 632, 662, 608, 636, 574, 636, 636, 312, 324, 671, 671, 671, 537,
    993, 720, 658, 735, 722, 604, 588, 749, 745, 275, 578, 697, 565, 918, 758, 768,
    644, 771, 650, 648, 657, 738, 720, 1013, 712, 707, 648, 372, 375, 372, 479, 467,
    345, 572, 622, 581, 622, 590, 385, 623, 608, 258, 258, 565, 258, 896, 608, 607,
    622, 622, 393, 545, 348, 608, 582, 835, 564, 583, 563, 449, 354, 449, 671,
)  # fmt: skip
OTHER_ADVANCE = 640  # any other character: a little wider than the widest accented small letter
ELLIPSIS = "…"


def width_of(words: str, size: float, *, tracking: int = 0) -> float:
    """Return the width of one line of words at a type size, in its unit; `tracking` in thousandths of it."""
    total = sum(ADVANCES[ord(each) - 32] if 32 <= ord(each) < 127 else OTHER_ADVANCE for each in words)
    return (total + tracking * len(words)) / 1000 * size


def broken(words: str, *, size: float, width: float, most_lines: int, tracking: int = 0) -> tuple[str, ...]:
    """Break words into lines of a width; a word wider than a line breaks after a hyphen, else ends in an ellipsis."""

    def fits(line: str) -> bool:
        return width_of(line, size, tracking=tracking) <= width

    lines = [""]
    for word in words.split():
        parts = [word] if fits(word) else word.replace("-", "-\0").split("\0")
        for number, part in enumerate(parts):
            joined = f"{lines[-1]} {part}".strip() if number == 0 else lines[-1] + part
            if lines[-1] and not fits(joined):
                lines.append(part)
            else:
                lines[-1] = joined
    kept = lines[:most_lines]
    if len(lines) > most_lines:
        kept[-1] += ELLIPSIS
    return tuple(_cut(line, fits) for line in kept)


def balanced(words: str, *, size: float, width: float, most_lines: int) -> tuple[str, ...]:
    """Break words into as few lines as `broken` does, and these as even as they can be."""
    lines = broken(words, size=size, width=width, most_lines=most_lines)
    while True:
        width = max(width_of(line, size) for line in lines) - 0.5
        narrower = broken(words, size=size, width=width, most_lines=most_lines + 1)
        is_narrower = all(width_of(line, size) <= width for line in narrower)  # a single character never gets narrower
        if not is_narrower or len(narrower) > len(lines) or any(line.endswith(ELLIPSIS) for line in narrower):
            return lines
        lines = narrower


def _cut(line: str, fits: Callable[[str], bool]) -> str:
    while len(line) > 1 and not fits(line):
        line = line.removesuffix(ELLIPSIS)[:-1].rstrip() + ELLIPSIS
    return line
