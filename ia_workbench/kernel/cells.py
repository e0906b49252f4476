"""Cells of tables that a spreadsheet may open: none may run as a formula."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula (OWASP, CSV injection)
GUARD = "'"


def harmless_cell(value: str) -> str:
    """Return a value that no spreadsheet runs as a formula: one `'` before it where it would; undone by `raw_cell`."""
    return GUARD + value if value.lstrip(GUARD).startswith(FORMULA_STARTS) else value


def raw_cell(value: str) -> str:
    """Return the value that `harmless_cell` was given."""
    guarded = value.startswith(GUARD) and value.lstrip(GUARD).startswith(FORMULA_STARTS)
    return value[1:] if guarded else value
