"""The sizes of the drawn map in CSS pixels."""

WIDTH = 1082.0  # of the map beside its side panel on a page 1440 wide
MARGIN = 12.0  # beside lane names and headings
LANE_NAME = 56.0  # the longest line of a lane's name
LEFT = MARGIN + LANE_NAME + 4.0  # where the leftmost passages may run
RIGHT_MARGIN = 4.0

BOX_LEAST, BOX_MOST = 90.0, 124.0
BOX_PADDING = 6.0
KEY_LINE, TITLE_LINE, MARK_LINE = 14.0, 15.0, 16.0
BOX_FIXED = 2 * 6.0 + KEY_LINE + MARK_LINE + 4.0  # what a box holds besides the lines of its title
TITLE_SIZE, TITLE_TRACKING, SMALL_SIZE = 12.5, -10, 12.0
MOST_TITLE_LINES = 3

TRACK = 7.0  # between two passages side by side
LEAVE, ARRIVE = 8.0, 12.0  # beside a box: room to turn, and room for an arrow's head
NARROW = 13.0  # between two columns where nothing turns
OUTSIDE = 4.0  # beside the outermost columns where nothing turns
PORT_TRACK, PORT_MARGIN = 10.0, 12.0  # between passages that share a side of a box, and from its corner

GAP_ABOVE, GAP_BELOW = 9.0, 8.0  # of the boxes in a band
ROW_EDGE, ROW_TOP = 8.0, 18.0  # from a passage below or above all boxes to the edge of its band, with room for words
HEADING = 28.0  # over the first row
FOLD_HEADING, FOLD_EDGE = 20.0, 10.0  # over every other row, and around the passages between two rows
FOOT = 6.0
RADIUS = 6.0  # of the corners of boxes and the bends of wires

PILL_HEIGHT, PILL_LINE = 22.0, 15.0  # of marks in one line, and of each line more
PILL_ICON, PILL_PADDING, PILL_BETWEEN = 15.0, 8.0, 5.0
PILL_CLEAR = 14.0  # of a wire that shows beside its marks, both ends together
PILL_REACH = 14.0  # from a wire between two lanes to what lies above and below it, where it carries marks


def columns_in(width: float) -> int:
    """Return how many columns fit into a width."""
    return max(3, int((width - LEFT - RIGHT_MARGIN) // (BOX_LEAST + NARROW)))
