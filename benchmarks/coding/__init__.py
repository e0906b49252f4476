"""Coding in the workbench and in Taguette, on the same texts with the same codings, as ratios."""
