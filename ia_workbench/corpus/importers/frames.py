"""How parent and child write to each other: sizes first, in eight bytes each, then as many bytes."""

import socket
import struct
from collections.abc import Callable, Iterable

SIZES = struct.Struct(">QQ")
PIECE = 1 << 20  # bytes taken at once


def sent(pieces: Iterable[bytes], heading: bytes, *, through: Callable[[bytes], object]) -> None:
    """Send a heading and the pieces of a body."""
    body = [piece for piece in pieces if piece]  # to send nothing fails too, once the other side has answered and gone
    through(SIZES.pack(len(heading), sum(map(len, body))))
    through(heading)
    for piece in body:
        through(piece)


def taken(conn: socket.socket, most: tuple[int, int], *, left: Callable[[], float | None]) -> tuple[bytes, bytes]:
    """Take a heading and a body, at most so many bytes each. `left` says how many seconds there are, None for ever.

    Raises EOFError where the other side ended, ValueError where it announces more, TimeoutError when time is up.
    """
    sizes = SIZES.unpack(_exactly(conn, SIZES.size, left))
    if sizes[0] > most[0] or sizes[1] > most[1]:
        raise ValueError
    return _exactly(conn, sizes[0], left), _exactly(conn, sizes[1], left)


def split(told: bytes, most: tuple[int, int]) -> tuple[bytes, bytes]:
    """Take a heading and a body from bytes that are there already. Raises ValueError where they are not just that."""
    if len(told) < SIZES.size:
        raise ValueError
    heading, body = SIZES.unpack(told[: SIZES.size])
    if heading > most[0] or body > most[1] or len(told) != SIZES.size + heading + body:
        raise ValueError
    return told[SIZES.size : SIZES.size + heading], told[SIZES.size + heading :]


def _exactly(conn: socket.socket, size: int, left: Callable[[], float | None]) -> bytes:
    pieces = []
    while size:
        conn.settimeout(left())
        piece = conn.recv(min(size, PIECE))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
