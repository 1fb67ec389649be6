"""Letters in Word: a template filled with a letter. Run as a program it makes the shipped template. Extra: `word`.

An office replaces the template by its own: the same names in double braces, in any layout.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from blangko.errors import MissingExtra
from blangko.reports.filled import STAMP, filled, filled_apart, stamped
from blangko.reports.letter import Letter
from blangko.words.language import _

TEMPLATE = "letter.docx"


def letter_docx(letter: Letter, template: str | None = None) -> bytes:
    """The letter in Word, from the shipped template or the office's own.

    Raises:
        MissingExtra: docxtpl or segno is not installed.
        BadTemplate: The office's own is no Word file, or asks for what no letter has.
    """
    if None in map(find_spec, ("docxtpl", "segno")):
        raise MissingExtra(extra="word", what="DOCX")
    facts = {**_facts(letter), "copies_word": _("Copies")}
    if template is not None:
        return filled_apart(template, facts)
    return filled(files("blangko.reports.templates").joinpath(TEMPLATE).read_bytes(), facts)


def _facts(letter: Letter) -> dict[str, Any]:
    pairs = ("about", "figures", "annex")
    return {
        name: [{"name": left, "text": right} for left, right in value] if name in pairs else value
        for name, value in letter._asdict().items()
    }


def make_template() -> bytes:
    """The shipped template: letterhead, subject, figures, signatures, annex."""
    from datetime import datetime

    import docx
    from docx.shared import Mm, Pt

    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11.5)
    style.paragraph_format.space_after = Pt(3)
    _paragraph(document, "{%p for line in letterhead %}")
    _paragraph(document, "{%p if loop.index < 3 %}")
    _paragraph(document, "{{ line }}", align=1, bold=True, size=13)
    _paragraph(document, "{%p else %}")
    _paragraph(document, "{{ line }}", align=1, size=10)
    _paragraph(document, "{%p endif %}")
    _paragraph(document, "{%p endfor %}")
    _paragraph(document, "_" * 78, align=1)
    _conditional(document, "title", "{{ title }}", align=1, bold=True, size=13)
    _paragraph(document, "{{ place_and_date }}", align=2)
    _rows(document, "about", (30, 130))
    _repeated(document, "addressee", "{{ line }}")
    _repeated(document, "opening", "{{ line }}")
    _rows(document, "figures", (65, 95))
    _repeated(document, "closing", "{{ line }}")
    _signatures(document)
    _conditional(document, "copies", "{{ copies_word }}:")
    _repeated(document, "copies", "{{ loop.index }}. {{ line }}")
    _paragraph(document, "{%p if annex %}")
    document.add_page_break()
    _paragraph(document, "{{ annex_title }}", bold=True)
    _paragraph(document, "{%p endif %}")
    _rows(document, "annex", (105, 50), grid=True)
    _conditional(document, "check_square", "{{ check_square }}")
    document.core_properties.author = "blangko"
    document.core_properties.created = document.core_properties.modified = datetime(*STAMP)  # noqa: DTZ001
    out = io.BytesIO()
    document.save(out)
    return stamped(out.getvalue())


def _paragraph(document: Any, text: str, align: int = 0, bold: bool = False, size: float | None = None) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = align
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


def _rows(document: Any, name: str, widths: Sequence[int], grid: bool = False) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=3, cols=2)
    if grid:
        table.style = "Table Grid"
    table.autofit = False
    table.cell(0, 0).text = f"{{%tr for pair in {name} %}}"
    table.cell(1, 0).text = "{{ pair.name }}"
    table.cell(1, 1).text = "{{ pair.text }}" if grid else ": {{ pair.text }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Mm(0)
    if grid:
        table.cell(1, 1).paragraphs[0].alignment = 2
    document.add_paragraph()


def _signatures(document: Any) -> None:
    from docx.shared import Mm

    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    for cell, name in zip(table.rows[0].cells, ("left_signature", "signature"), strict=True):
        cell.text = f"{{%p if {name} %}}"
        cell.width = Mm(80)
        for text in (f"{{{{ {name}[0] }}}}", "", "", "", f"{{%p for line in {name}[1:] %}}", "{{ line }}",
                     "{%p endfor %}", "{%p endif %}", ""):  # fmt: skip
            # The last one stays: a cell without any paragraph is no good Word.
            cell.add_paragraph(text)
    document.add_paragraph()


if __name__ == "__main__":
    Path(__file__).with_name("templates").joinpath(TEMPLATE).write_bytes(make_template())
