"""A paper as PDF or Word, on its way out."""

from django.http import HttpResponse

from tanxin.web.downloads import download
from tanxin.web.papers.paper import Paper
from tanxin.web.papers.typesetting import pdf_of
from tanxin.web.papers.word import KIND as WORD
from tanxin.web.papers.word import word_of

FILES = {"pdf": "application/pdf", "docx": WORD}


def filed(paper: Paper, file: str) -> HttpResponse:
    """Raises ``ChineseFontMissing``."""
    body = pdf_of("official.typ", paper.values()) if file == "pdf" else word_of(paper)
    return download(body, f"{paper.title}.{file}", FILES[file])
