"""`codebook history` and `codebook diff`, and a scale that comes back from every file."""

from pathlib import Path

from tests.cli.running import Workbench


def scaled(small: Workbench, tmp_path: Path) -> str:
    """Give the first code of the study a scale and another name, by way of a file; returns its path."""
    file = tmp_path / "codebook.yaml"
    small("codebook", "export", file)
    text = file.read_text(encoding="utf-8")
    code = small.read("codebook", "show")["codes"][0]
    changed = text.replace(f"name: {code['name']}\n", "name: Time together\n    scale: [some, much]\n", 1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    small("codebook", "import", file)
    path: str = code["path"]
    return path


def test_a_scale_comes_back_from_a_file_and_from_a_folder_of_the_study(small: Workbench, tmp_path: Path) -> None:
    path = scaled(small, tmp_path)
    assert small.read("codebook", "show")["codes"][0]["scale"] == ["some", "much"]
    assert "scale" not in str(small.read("codebook", "show")["codes"][1:]).replace("'scale': []", "")
    small("study", "export", tmp_path / "folder")
    (written,) = (tmp_path / "folder").rglob("codebook.yaml")
    assert "some" in written.read_text(encoding="utf-8")
    again = Workbench(tmp_path / "again", "ana")
    again("init")
    again("study", "load", written.parent)
    assert again.read("codebook", "show")["codes"][0] | {"codings": 0} == (
        small.read("codebook", "show")["codes"][0] | {"codings": 0}
    )
    assert path == again.read("codebook", "show")["codes"][0]["path"]


def test_history_and_differences_tell_what_became_of_a_code(small: Workbench, tmp_path: Path) -> None:
    small("codebook", "publish", "--note", "First")
    path = scaled(small, tmp_path)
    newest = small.read("codebook", "history", "--code", path)["changes"][0]
    assert (newest["change"], newest["path"], newest["after"]["name"]) == ("changed", path, "Time together")
    assert f"changed  {path}" in small("codebook", "history", "--limit", "1").out
    (differs,) = small.read("codebook", "diff", "1")["codes"]
    assert (differs["path"], differs["kinds"]) == (path, ["renamed", "rescaled"])
    assert small("codebook", "diff", "1", "1").out == "Nothing differs.\n"
    assert all(each["kinds"] == ["added"] for each in small.read("codebook", "diff", "0", "1")["codes"])
    assert "There is no version 9" in small.refused("codebook", "diff", "9")
    assert "Name a version by its number" in small.refused("codebook", "diff", "first")
