"""What was just done is said: every word that an address carries has its sentence, and every sentence its word."""

import ast

from ia_workbench.web.notices import NOTICES
from tests.whole.source_files import PACKAGE


def test_every_word_of_what_was_done_has_a_sentence_and_every_sentence_is_said() -> None:
    said = {
        each.value
        for path in (PACKAGE / "web").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg in {"said", "otherwise"}
        for each in ast.walk(keyword.value)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
    assert said == set(NOTICES)
