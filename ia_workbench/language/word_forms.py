"""The forms of a word, by the rules and exceptions that an installed model brings (remove, removes, removed, removing).

Read off the model's tables, so that no text passes through it: a word has the forms that it may have as any part of
speech (`left` is of `leave` too). A language without a model has none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ia_workbench.config import DEFAULT_MODEL
from ia_workbench.language.pipelines import model_for, pipeline

PARTS_OF_SPEECH = ("noun", "verb", "adj", "adv")


@dataclass(frozen=True)
class Endings:
    """What a model knows of one part of speech: its basic forms, what others are reduced to, and how endings change."""

    known: frozenset[str]
    exceptions: Mapping[str, Sequence[str]]
    formed: Mapping[str, frozenset[str]]  # the other way round: the unusual forms of a basic form
    rules: tuple[tuple[str, str], ...]

    def basic(self, word: str) -> set[str]:
        """Return the basic forms that a word may be of."""
        found = set(self.exceptions.get(word, ()))
        for ending, instead in self.rules:
            if word.endswith(ending) and word.removesuffix(ending) + instead in self.known:
                found.add(word.removesuffix(ending) + instead)
        return found | ({word} & self.known)

    def forms(self, basic: str) -> Iterator[str]:
        """Yield the forms of a basic form; what has a past of its own (saw) is given none by rule (seed)."""
        unusual = self.formed.get(basic, frozenset())
        has_own_past = any(not each.endswith(("ed", "ing")) for each in unusual)
        yield basic
        yield from unusual
        for ending, instead in self.rules:
            if basic.endswith(instead) and not (ending == "ed" and has_own_past):
                form = basic[: len(basic) - len(instead)] + ending
                if basic in self.basic(form):
                    yield form


def has_word_forms(language: str, model: str = DEFAULT_MODEL) -> bool:
    """Say whether the forms of words of a language are known here: whether a model of it with such tables is there."""
    return bool(_endings(language, model))


def word_forms(word: str, language: str = "en", *, model: str = DEFAULT_MODEL) -> tuple[str, ...]:
    """Return every form of a word, in small letters, itself first; itself alone where the language has no model."""
    plain = word.lower()
    found = {
        form
        for endings in _endings(language, model)
        for basic in sorted(endings.basic(plain))
        for form in endings.forms(basic)
    }
    return (plain, *sorted(found - {plain}))


@lru_cache(maxsize=4)
def _endings(language: str, model: str) -> tuple[Endings, ...]:
    name = model_for(language, model)
    nlp = pipeline(name) if name is not None else None
    if nlp is None or "lemmatizer" not in nlp.component_names:
        return ()
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    tables = lemmatizer.lookups
    if not all(tables.has_table(each) for each in ("lemma_rules", "lemma_exc", "lemma_index")):
        return ()
    rules, exceptions, known = (tables.get_table(f"lemma_{each}") for each in ("rules", "exc", "index"))
    return tuple(
        _of(exceptions.get(part, {}), rules.get(part, ()), known.get(part, ()))
        for part in PARTS_OF_SPEECH
        if part in rules
    )


def _of(exceptions: Mapping[str, Sequence[str]], rules: Sequence[Sequence[str]], known: Sequence[str]) -> Endings:
    formed: defaultdict[str, set[str]] = defaultdict(set)
    for form, basics in exceptions.items():
        for basic in basics:
            formed[basic].add(form)
    pairs = tuple((ending, instead) for ending, instead in rules if ending)
    return Endings(frozenset(known), exceptions, {each: frozenset(forms) for each, forms in formed.items()}, pairs)
