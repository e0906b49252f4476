"""`--masked`: the words of codings as the signed masked text has them, or nothing."""

from pathlib import Path

from tests.cli.running import Workbench


def test_masked_quotes_are_refused_until_the_masked_text_is_signed(small: Workbench, tmp_path: Path) -> None:
    given = [each["source"] for each in small.read("coding", "list")]
    assert given
    assert f"no masked quotes of {', '.join(sorted(set(given)))}" in small.refused("coding", "list", "--masked")
    assert "Mask them first" in small.refused("coding", "export", tmp_path / "masked.csv", "--masked")
    assert not (tmp_path / "masked.csv").exists()
