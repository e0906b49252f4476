"""Line numbers that people can cite: every turn's speech set at 72 code points a line, counted through the text."""

from ia_workbench.kernel import Refused

LINE_WIDTH = 72  # code points; the measure of the reading column


def lines_in(speech: str) -> int:
    """Count the lines that a turn's speech takes when set: at least one; blank lines take none."""
    if "\n" not in speech:
        return max(1, -(-len(speech) // LINE_WIDTH))
    taken = sum(-(-len(paragraph) // LINE_WIDTH) for paragraph in speech.split("\n") if paragraph.strip())
    return max(1, taken)


def line_at(speech: str, offset: int, first_line: int) -> int:
    """Return the number of the line that holds a character of a turn.

    `offset` counts code points from the start of the speech, `first_line` is the turn's `line`. Raises Refused for an
    offset outside the speech.
    """
    if not 0 <= offset <= len(speech):
        raise Refused("The turn has {length} characters; {offset} is past it.", length=len(speech), offset=offset)
    paragraph_start = speech.rfind("\n", 0, offset) + 1
    before = speech[:paragraph_start]
    full = lines_in(before) if before.strip() else 0
    within = (offset - paragraph_start) // LINE_WIDTH
    return min(first_line + full + within, first_line + lines_in(speech) - 1)
