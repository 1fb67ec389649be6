"""Letters in Word: a template filled with a letter. Run as a program it makes the shipped template. Extra: `word`.

An office replaces the template by its own: the same names in double braces, in any layout.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from blangko.errors.files import MissingExtra
from blangko.reports.filled import STAMP, filled, filled_apart, stamped
from blangko.reports.letter import Letter, words_of_letters

TEMPLATE = "letter.docx"
ARMS_MM = 22
"""Room for the coat of arms, at the left of the letterhead."""


def letter_docx(letter: Letter, template: str | None = None) -> bytes:
    """The letter in Word, from the shipped template or the office's own.

    Raises:
        MissingExtra: docxtpl or segno is not installed.
        BadTemplate: The office's own is no Word file, or asks for what no letter has.
    """
    if None in map(find_spec, ("docxtpl", "segno")):
        raise MissingExtra(extra="word", what="DOCX")
    facts = {**_facts(letter), **words_of_letters()}
    if template is not None:
        return filled_apart(template, facts)
    return filled(files("blangko.reports.templates").joinpath(TEMPLATE).read_bytes(), facts)


def _facts(letter: Letter) -> dict[str, Any]:
    pairs = ("about", "figures", "annex", "people", "causes")
    return {
        name: [{"name": left, "text": right} for left, right in value] if name in pairs else value
        for name, value in letter._asdict().items()
    }


def make_template() -> bytes:
    """The shipped template: letterhead, subject, figures, signatures, annex; for minutes those who sign, and causes."""
    from datetime import datetime

    import docx
    from docx.shared import Mm, Pt

    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(13)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.0
    _letterhead(document)
    _subject(document)
    _conditional(document, "title", "{{ title }}", align=1, bold=True, size=13)
    _paragraph(document, "{%p if title %}")
    _repeated(document, "about", "{{ line.name }}: {{ line.text }}", align=1)
    _paragraph(document, "{%p endif %}")
    _repeated(document, "addressee", "{{ line }}")
    _repeated(document, "opening", "{{ line }}", align=3, above=4)
    _repeated(document, "people", "{{ loop.index }}. {{ line.name }}, {{ line.text }}")
    _rows(document, "figures[:summed]", (75, 40), right=True)
    _rows(document, "figures[summed:]", (75, 85))
    _repeated(document, "closing[:1]", "{{ line }}", align=3, above=4)
    _rows(document, "causes", (105, 50), grid=True)
    _repeated(document, "closing[1:]", "{{ line }}", align=3)
    _signatures(document)
    _conditional(document, "witnesses", "{{ witnesses_word }}:", keep=True)
    _repeated(document, "witnesses", "{{ loop.index }}. {{ line }}", above=14, keep=True)
    _conditional(document, "copies", "{{ copies_word }}:", keep=True)
    _repeated(document, "copies", "{{ loop.index }}. {{ line }}")
    _conditional(document, "annex", "{{ annex_title }}", bold=True, new_page=True)
    _rows(document, "annex", (105, 50), grid=True)
    _conditional(document, "check_square", "{{ check_square }}")
    document.core_properties.author = "blangko"
    document.core_properties.created = document.core_properties.modified = datetime(*STAMP)  # noqa: DTZ001
    out = io.BytesIO()
    document.save(out)
    return stamped(out.getvalue())


def _letterhead(document: Any) -> None:
    """The lines of the letterhead beside the room for the coat of arms, above a rule."""
    from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    table = _table(document, 1, (ARMS_MM, 120, 18))
    table.rows[0].height, table.rows[0].height_rule = Mm(ARMS_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
    _edged(table.cell(0, 0), dict.fromkeys(("top", "left", "bottom", "right"), "dotted"))
    middle = table.cell(0, 1)
    middle.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    middle.paragraphs[0].add_run("{%p for line in letterhead %}")
    _paragraph(middle, "{%p if loop.index == 2 or loop.length == 1 %}")
    _paragraph(middle, "{{ line }}", align=1, bold=True, size=13)
    _paragraph(middle, "{%p elif loop.index == 1 %}")
    _paragraph(middle, "{{ line }}", align=1, size=12)
    _paragraph(middle, "{%p else %}")
    _paragraph(middle, "{{ line }}", align=1, size=9)
    _paragraph(middle, "{%p endif %}")
    _paragraph(middle, "{%p endfor %}")
    rule = document.add_paragraph()
    rule.paragraph_format.space_after = Mm(1)
    _ruled(rule)


def _subject(document: Any) -> None:
    """Number, urgency, enclosure and subject at the left, place and date at the right; nothing of it in minutes."""
    table = _table(document, 3, (26, 66, 68))
    table.cell(0, 0).text = "{%tr for pair in ([] if title else about) %}"
    table.cell(1, 0).text = "{{ pair.name }}"
    table.cell(1, 1).text = ": {{ pair.text }}"
    table.cell(1, 2).text = "{{ place_and_date if loop.first else '' }}"
    table.cell(1, 2).paragraphs[0].alignment = 2
    table.cell(2, 0).text = "{%tr endfor %}"
    _small(document.add_paragraph())


def _paragraph(
    document: Any,
    text: str,
    align: int = 0,
    bold: bool = False,
    size: float | None = None,
    above: int = 0,
    keep: bool = False,
    new_page: bool = False,
) -> None:
    """A paragraph of the template; `keep` holds it on one page with the next, `new_page` begins one."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(above)
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.paragraph_format.page_break_before = new_page
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)


def _repeated(document: Any, name: str, text: str, **look: Any) -> None:
    _paragraph(document, f"{{%p for line in {name} %}}")
    _paragraph(document, text, **look)
    _paragraph(document, "{%p endfor %}")


def _conditional(document: Any, name: str, text: str, **look: Any) -> None:
    _paragraph(document, f"{{%p if {name} %}}")
    _paragraph(document, text, **look)
    _paragraph(document, "{%p endif %}")


def _table(document: Any, rows: int, widths: Sequence[int]) -> Any:
    """A table of fixed widths in millimetres, without room below its paragraphs."""
    from docx.shared import Mm

    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Mm(0)
    return table


def _rows(document: Any, name: str, widths: Sequence[int], grid: bool = False, right: bool = False) -> None:
    """A table of pairs, one row each; only where there are any, since an empty table is no good Word."""
    _paragraph(document, f"{{%p if {name} %}}")
    # A row without a text is a heading of those below it.
    steps = ("for pair in " + name, "if pair.text", "", "else", "", "endif", "endfor")
    table = _table(document, len(steps), widths)
    if grid:
        table.style = "Table Grid"
    for row, step in zip(table.rows, steps, strict=True):
        row.cells[0].text = f"{{%tr {step} %}}" if step else "{{ pair.name }}"
    table.cell(2, 1).text = "{{ pair.text }}" if grid or right else ": {{ pair.text }}"
    table.cell(4, 0).paragraphs[0].runs[0].bold = True
    if grid or right:
        table.cell(2, 1).paragraphs[0].alignment = 2
    _small(document.add_paragraph())
    _paragraph(document, "{%p endif %}")


def _signatures(document: Any) -> None:
    """Who signs, side by side: the goods clerk at the left in minutes, the head of the office at the right."""
    table = _table(document, 1, (80, 80))
    for cell, name in zip(table.rows[0].cells, ("left_signature", "signature"), strict=True):
        cell.text = f"{{%p if {name} %}}"
        date = "{{ place_and_date if title else '' }}" if name == "signature" else ""
        for text in (date, f"{{{{ {name}[0] }}}}", "", "", f"{{%p for line in {name}[1:] %}}", "{{ line }}",
                     "{%p endfor %}", "{%p endif %}", ""):  # fmt: skip
            # The last one stays: a cell without any paragraph is no good Word.
            _paragraph(cell, text, keep=True)
    _small(document.add_paragraph())


def _small(paragraph: Any) -> None:
    """The paragraph that Word wants below a table, as low as it can be."""
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(5)


def _ruled(paragraph: Any) -> None:
    """A thick and a thin rule below a paragraph that holds nothing."""
    _small(paragraph)
    _bordered(paragraph._p.get_or_add_pPr(), "w:pBdr", {"bottom": "thickThinSmallGap"}, 18)


def _edged(cell: Any, sides: Mapping[str, str]) -> None:
    """A line on the sides of a cell, each of the sort that Word calls so."""
    _bordered(cell._tc.get_or_add_tcPr(), "w:tcBorders", sides, 4)


def _bordered(properties: Any, name: str, sides: Mapping[str, str], eighths: int) -> None:
    """Borders among the properties of a paragraph or cell, `eighths` of a point thick."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement(name)
    for side, sort in sides.items():
        line = OxmlElement(f"w:{side}")
        for attribute, value in {"val": sort, "sz": str(eighths), "space": "0", "color": "808080"}.items():
            line.set(qn(f"w:{attribute}"), value)
        borders.append(line)
    properties.append(borders)


if __name__ == "__main__":
    Path(__file__).with_name("templates").joinpath(TEMPLATE).write_bytes(make_template())
