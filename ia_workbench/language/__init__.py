"""Sentences and names of people and places in a text, by spaCy: a model where one is installed, else rules alone."""
