"""Exports: an answer as CSV, XLSX, Markdown, LaTeX or JSON, by one writer for every verb.

Layers have their own writer in `geo.report.layers`.
"""

from geo.report.export.about import About, about, routes_of
from geo.report.export.document import Document, Reading, Sheet
from geo.report.export.unfold import sheets_of
from geo.report.export.write import (
    FORMATS,
    content_of,
    format_of,
    render_document,
    write_document,
)

__all__ = [
    "FORMATS",
    "About",
    "Document",
    "Reading",
    "Sheet",
    "about",
    "content_of",
    "format_of",
    "render_document",
    "routes_of",
    "sheets_of",
    "write_document",
]
