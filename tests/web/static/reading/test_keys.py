"""How a key is named that was pressed."""

from typing import Any

import pytest
from playwright.sync_api import Page

NAME = """async (pressed) => (await import("/static/reading/keys.js")).chordOf(pressed)"""


@pytest.mark.parametrize(
    ("pressed", "name"),
    [
        ({"key": "j"}, "j"),
        ({"key": "J", "shiftKey": True}, "J"),
        ({"key": "j", "shiftKey": True}, "J"),  # with Caps Lock
        ({"key": "J"}, "j"),  # with Caps Lock
        ({"key": "Ñ", "shiftKey": True}, "Ñ"),
        ({"key": "ß", "shiftKey": True}, "ß"),  # its capital is two letters
        ({"key": "?", "shiftKey": True}, "?"),
        ({"key": "Z", "ctrlKey": True, "shiftKey": True}, "Ctrl+Shift+z"),
        ({"key": "z", "metaKey": True}, "Ctrl+z"),
        ({"key": "ArrowDown", "ctrlKey": True, "shiftKey": True}, "Ctrl+Shift+ArrowDown"),
        ({"key": "F2", "altKey": True}, "Alt+F2"),
    ],
)
def test_a_key_has_one_name_whatever_caps_lock_says(script_page: Page, pressed: dict[str, Any], name: str) -> None:
    assert script_page.evaluate(NAME, pressed) == name
