"""Invented talks of some 1,200 words, written in ten formats."""

import html
import io
import json
from collections.abc import Iterator
from itertools import cycle

from docx import Document

WORDS = 1_200
SAID = ["the", "visit", "form", "opens", "at", "nine", "and", "my", "shift", "ends", "at", "three", "mañana"]
Lines = list[tuple[str, str]]


def files(number: int, *, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many files, each its name and its bytes, the ten formats in turn; another seed, other files."""
    formats = cycle(FORMATS.items())
    for each in range(number):
        ending, write = next(formats)
        yield f"{seed}-{each}.{ending}", write(_lines(seed * 10_000 + each))


def _lines(number: int) -> Lines:
    said = cycle(SAID[number % len(SAID) :] + SAID)
    return [
        ("PARENT" if turn % 2 else "WORKER", f"{number} {turn} " + " ".join(next(said) for _ in range(20)) + ".")
        for turn in range(WORDS // 20)
    ]


def _txt(lines: Lines) -> bytes:
    return "\n".join(f"{who}: {words}" for who, words in lines).encode()


def _md(lines: Lines) -> bytes:
    return "\n\n".join(f"**{who}:** {words}" for who, words in lines).encode()


def _html(lines: Lines) -> bytes:
    inside = "".join(f"<p><b>{who}:</b> {html.escape(words)}</p>" for who, words in lines)
    return f"<!doctype html><html><meta charset=utf-8><title>Talk</title><body>{inside}</body></html>".encode()


def _csv(lines: Lines) -> bytes:
    return "\n".join(["speaker,text", *(f'{who},"{words}"' for who, words in lines)]).encode()


def _vtt(lines: Lines) -> bytes:
    cues = [f"{_time(at, '.')} --> {_time(at + 1, '.')}\n<v {who}>{words}" for at, (who, words) in enumerate(lines)]
    return "\n\n".join(["WEBVTT", *cues]).encode()


def _srt(lines: Lines) -> bytes:
    cues = [
        f"{at + 1}\n{_time(at, ',')} --> {_time(at + 1, ',')}\n{who}: {words}" for at, (who, words) in enumerate(lines)
    ]
    return "\n\n".join(cues).encode()


def _sbv(lines: Lines) -> bytes:
    cues = [f"{_time(at, '.')[1:]},{_time(at + 1, '.')[1:]}\n{who}: {words}" for at, (who, words) in enumerate(lines)]
    return "\n\n".join(cues).encode()


def _time(at: int, point: str) -> str:
    return f"00:{at * 8 // 60:02}:{at * 8 % 60:02}{point}000"


def _json(lines: Lines) -> bytes:
    return json.dumps([{"speaker": who, "text": words} for who, words in lines]).encode()


def _rtf(lines: Lines) -> bytes:
    inside = "".join(f"{who}: {words}\\par\n" for who, words in lines).replace("ñ", r"\'f1")
    return (r"{\rtf1\ansi\ansicpg1252\deff0 " + inside + "}").encode("ascii")


def _docx(lines: Lines) -> bytes:
    document, file = Document(), io.BytesIO()
    for who, words in lines:
        document.add_paragraph(f"{who}: {words}")
    document.save(file)
    return file.getvalue()


FORMATS = {
    "docx": _docx, "txt": _txt, "md": _md, "html": _html, "csv": _csv,
    "vtt": _vtt, "srt": _srt, "sbv": _sbv, "json": _json, "rtf": _rtf,
}  # fmt: skip
