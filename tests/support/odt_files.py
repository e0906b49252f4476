"""OpenDocument texts written piece by piece, so that a test says exactly which XML it means."""

import io
import zipfile

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for prefix, space in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "svg": "svg-compatible",
        "style": "style",
        "form": "form",
    }.items()
)
FURTHER = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
MIMETYPE = "application/vnd.oasis.opendocument.text"


def odt_file(body: str, *, automatic: str = "", styles: str = "", **further: str) -> bytes:
    """An .odt with this body, automatic styles, content of styles.xml and further entries (`__` stands for a slash)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        file.writestr(
            "content.xml",
            f"<office:document-content {SPACES} {FURTHER}>"
            f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        if styles:
            file.writestr("styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>")
        for name, content in further.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def p(*content: str) -> str:
    """A paragraph."""
    return f"<text:p>{''.join(content)}</text:p>"


def note(kind: str, words: str) -> str:
    """A footnote or endnote."""
    cited = "<text:note-citation>1</text:note-citation>"
    return f'<text:note text:note-class="{kind}">{cited}<text:note-body>{p(words)}</text:note-body></text:note>'


def annotation(words: str, by: str, name: str = "") -> str:
    """A comment, which has a name where its range is to end somewhere."""
    named = f' office:name="{name}"' if name else ""
    return (
        f"<office:annotation{named}><dc:creator>{by}</dc:creator><dc:date>2026</dc:date>{p(words)}</office:annotation>"
    )


def tracked(key: str, kind: str, by: str, words: str = "") -> str:
    """The region of a tracked change, which stands before the text."""
    info = f"<office:change-info><dc:creator>{by}</dc:creator></office:change-info>"
    content = f"<text:{kind}>{info}{p(words) if words else ''}</text:{kind}>"
    region = f'<text:changed-region text:id="{key}">{content}</text:changed-region>'
    return f"<text:tracked-changes>{region}</text:tracked-changes>"
