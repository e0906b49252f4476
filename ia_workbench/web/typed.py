"""What people type, made storable where it comes in: forms and questions in addresses are cleaned, paths refused."""

from typing import Any

from flask import Request, request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

from ia_workbench.kernel import NotFound, is_storable, storable
from ia_workbench.web.access import NOTHING_HERE

AS_TYPED = frozenset({"password"})  # compared with what was typed elsewhere, and never stored


class Typed(ImmutableMultiDict[str, Any]):
    """The fields of a form or of an address, without characters that no store can hold.

    They come along unseen when words are pasted, so they are left out and nobody is sent back for them.
    """

    def __init__(self, fields: Any = None) -> None:
        super().__init__(mapping=[(name, _cleaned(name, value)) for name, value in iter_multi_items(fields or ())])


class TypedRequest(Request):
    """A request whose `form`, `args` and `values` are storable."""

    parameter_storage_class = Typed


def refuse_unstorable_path() -> None:
    """Answer an address whose path no key could ever hold: nothing is there."""
    if not is_storable(request.path):
        raise NotFound(NOTHING_HERE)


def _cleaned(name: str, value: Any) -> Any:
    return storable(value) if isinstance(value, str) and name not in AS_TYPED else value
