"""What a file that came in is called, whatever it says of itself."""

LONGEST_NAME = 200  # characters; every file system in use takes as many


def plain_name(name: str) -> str:
    """Return the file's name without the folders before it and without characters that no name should have."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable()).strip()[-LONGEST_NAME:] or "The file"
