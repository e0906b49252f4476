"""One or more small, sound files of each format, to be damaged by the fuzz suite. Everybody in them is invented."""

import io
import json
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

from tests.support.word_files import paragraph, table, word_file, words, zipped

TALK = """INTERVIEWER: When did you hear about the visit?
PARENT: On Friday. The form said Monday, so I had asked for the day off.
INTERVIEWER: [00:01:12] And what did you do?
PARENT: I called \u2013 \u201cthe office is closed\u201d. Ni\u00f1o, se\u00f1ora, \u05e9\u05dc\u05d5\u05dd.
"""
MARKDOWN = (
    f"---\ntitle: A visit\n---\n# A visit\n\n**P:** *Yes.* See [the form](a.html).\n\n| a | b |\n|---|---|\n\n{TALK}"
)
HTML = (
    "<!doctype html><html><head><title>A visit</title><style>p{color:red}</style><script>go()</script></head><body>"
    "<h1>A visit</h1><p><b>PARENT:</b> Yes &amp; no.<br>I waited&nbsp;there.<!-- aside --></p><ul><li>one<li>two</ul>"
    "<table><tr><td>INTERVIEWER</td><td>When?</td></tr><tr><td>PARENT</td><td>At noon.</td></tr></table>"
    '<img src="a.png" alt="A map"></body></html>'
)
RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\info{\author A}}\f0\fs24 "
    r"{\b PARENT:} I waited\par caf\'e9 \u8211? {\i there}.\par {\footnote a note}"
    r"\trowd\cellx100\cellx200\intbl one\cell two\cell\row {\pict\pngblip 89504e47}\par}"
)
VTT = (
    "WEBVTT - a visit\n\nNOTE aside\n\nSTYLE\n::cue { color: red }\n\n1\n00:00:01.000 --> 00:00:03.500 align:start\n"
    "<v Parent>I waited &amp; called.\n\n00:04.000 --> 00:06.000\n<v.loud Worker><i>When?</i></v>\n- At noon.\n"
)
SRT = (
    "1\n00:00:01,000 --> 00:00:03,500\nPARENT: I waited.\n\n2\n00:00:04,000 --> 00:00:06,000\n<i>When?</i>\nAt noon.\n"
)
SBV = "0:00:01.000,0:00:03.500\nPARENT: I waited.\n\n0:00:04.000,0:00:06.000\nWhen?\nAt noon.\n"
ROWS = [
    ["Respondent", "How long did you wait?", "What happened then, in your own words?", "Office"],
    ["R-01", "3", "They called me, and said \u201cMonday\u201d.\nI had work on Monday.", "North"],
    ["R-02", "12", "Nothing happened; I waited for the letter and nobody wrote.", "South"],
    ["R-03", "", "=1+1", "North"],
]
JSON = {
    "title": "A visit",
    "segments": [
        {"speaker": "Parent", "startTime": 1.0, "endTime": 3.5, "body": "I waited."},
        {"speaker": "Worker", "startTime": 4.0, "endTime": 6.0, "body": "When?"},
    ],
}
MARKS = (
    b"/Annots [<< /Type /Annot /Subtype /Text /Rect [80 690 90 700] /Contents (When was that?) /T (A) >> "
    b"<< /Type /Annot /Subtype /Link /Rect [72 670 99 690] /A << /S /URI /URI (https://example.org/) >> >>]"
)


def _docx() -> list[bytes]:
    body = (
        paragraph("INTERVIEWER: When?")
        + paragraph('<w:ins w:author="A"><w:r><w:t>PARENT: </w:t></w:r></w:ins>', words("At noon."))
        + paragraph('<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:commentReference w:id="0"/></w:r>')
        + table(["a", "b"], ["c", table(["d"])])
        + "<w:sdt><w:sdtContent>"
        + paragraph("<w:r><w:tab/><w:br/><w:sym/></w:r>", '<w:r><w:footnoteReference w:id="1"/></w:r>')
        + "</w:sdtContent></w:sdt>"
        + paragraph("<w:r><w:pict><w:txbxContent>" + paragraph("In a box.") + "</w:txbxContent></w:pict></w:r>")
    )
    return [word_file(body), word_file(paragraph("P: Yes.") + paragraph("I: And then?"))]


def _odt() -> list[bytes]:
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "text", "table")
    )
    body = (
        "<text:h>A visit</text:h><text:p>PARENT: I<text:s text:c='3'/>waited<text:line-break/>there.</text:p>"
        "<text:p>caf\u00e9<text:tab/><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>aside"
        "</text:p></text:note-body></text:note><office:annotation><text:p>remark</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:text>{body}</office:text>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return [zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})]


def _xlsx() -> list[bytes]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS[:-1]:
        sheet.append(row)
    book.create_sheet("Second").append(["a", 1.5])
    out = io.BytesIO()
    book.save(out)
    small = {"docProps/app.xml", "docProps/core.xml", "xl/theme/theme1.xml"}  # what no reader needs
    with zipfile.ZipFile(out) as file:
        return [
            zipped({name: file.read(name) for name in file.namelist() if name not in small - {"docProps/core.xml"}})
        ]


def _pdf() -> list[bytes]:
    """Two pages of plain operators, so that mutations reach what is drawn."""
    pages = [
        b"BT /F1 12 Tf 72 700 Td (INTERVIEWER: When?) Tj 0 -20 Td (PARENT: At noon, I waited there.) Tj ET",
        b"BT /F1 12 Tf 72 700 Td (left one) Tj 200 0 Td (right one) Tj -200 -20 Td [(le) -20 (ft two)] TJ ET",
    ]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /r >>] >> >>",
        b"<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R %s >>" % (5 + 2 * number, MARKS if number == 0 else b""),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table_at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table_at)
    return [out]


def _csv() -> list[bytes]:
    lines = [",".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in ROWS]
    return ["\n".join(lines).encode(), "\ufeffspeaker;text\nP;Yes.\nI;When?\n".encode(), b"speaker\ttext\nP\tYes.\n"]


def _txt() -> list[bytes]:
    return [TALK.encode(), TALK.replace("\u05e9\u05dc\u05d5\u05dd", "").encode("cp1252"), TALK.encode("utf-16")]


# By the name that a format has in `importers.formats`. A format that is not here has no test of being damaged.
SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "docx": _docx,
    "txt": _txt,
    "md": lambda: [MARKDOWN.encode()],
    "odt": _odt,
    "rtf": lambda: [RTF.encode()],
    "html": lambda: [HTML.encode()],
    "pdf": _pdf,
    "vtt": lambda: [VTT.encode()],
    "srt": lambda: [SRT.encode()],
    "sbv": lambda: [SBV.encode()],
    "csv": _csv,
    "xlsx": _xlsx,
    "json": lambda: [json.dumps(JSON).encode(), json.dumps([{"who": "P", "text": "Yes."}], indent=1).encode()],
}
