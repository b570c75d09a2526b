"""PDFs to look at."""

import io

import pytest
from pypdf import PdfReader


@pytest.fixture(scope="session")
def read_pdf():
    """Return a reader of a PDF's bytes."""
    return lambda content: PdfReader(io.BytesIO(content))


@pytest.fixture(scope="session")
def text_of(read_pdf):
    """Return the text of a PDF's pages, with white space run together."""
    return lambda content: " ".join(" ".join(page.extract_text() for page in read_pdf(content).pages).split())
