"""REFI-QDA 1.0 in and out: projects (``.qdpx``) of programs that code texts.

``model`` has the nouns, ``shape`` where each field stands in the XML, once for both ways, ``package`` the zip
and its limits, ``reading`` and ``writing`` the two ways, ``ours`` our own codings as a project and back.

Read and written: users, codes, variables, cases, texts with their selections and codings, notes, links, sets.
Named as not read: PDF, picture, audio and video sources, graphs, texts outside the file, rich text.

A place is counted in Unicode code points from 0 (REFI-QDA 1.5, 10.2), without a byte-order mark. Of the end
the standard says only that first and last character define a selection. We take it as half open: in its annex
A, the selections of which the words are given (139 to 195, 215 to 275, 62 to 69) fit only so, and QualCoder
writes it so. What a program writes that means the last character itself comes in one character short, and
of one that counts characters beyond U+FFFF twice, as NVivo is said to, later passages come in shifted.
Where a text has CRLF, the file's places count both; its lines come in with LF alone, its places with them.

Source: REFI-QDA 1.5, qdasoftware.org, MIT licence.
"""

from wherewithal.formats.refi_qda.model import Project
from wherewithal.formats.refi_qda.ours import TakenBack, as_project, take_back
from wherewithal.formats.refi_qda.package import NotRefiQda
from wherewithal.formats.refi_qda.reading import Found, PassedOver, read
from wherewithal.formats.refi_qda.writing import CannotWrite, write

__all__ = [
    "CannotWrite",
    "Found",
    "NotRefiQda",
    "PassedOver",
    "Project",
    "TakenBack",
    "as_project",
    "read",
    "take_back",
    "write",
]
