"""Sentences and names of people and places in a text, by spaCy: a model where one is installed, else rules alone.

Nothing here opens the network or fetches a model: confidential text passes through. Sentences are cut by rules, the
same on every install; a model only proposes. spaCy takes a second to import, so it is imported when first asked.
"""

from ia_workbench.language.pipelines import (
    Entity,
    entities,
    is_model_there,
    model_for,
    pipeline,
    sentence_rules,
    sentences,
)
from ia_workbench.language.word_forms import has_word_forms, word_forms

__all__ = [
    "Entity",
    "entities",
    "has_word_forms",
    "is_model_there",
    "model_for",
    "pipeline",
    "sentence_rules",
    "sentences",
    "word_forms",
]
