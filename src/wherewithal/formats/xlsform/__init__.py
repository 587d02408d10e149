"""XLSForm in and out: questionnaires as the workbooks that other programs for surveys read and write.

``workbook`` and ``headings`` read cells; ``expression`` reads what forms write in XPath, and ``conditions``,
``checks`` and ``limits`` make conditions of it; ``kinds``, ``rows`` and ``reading`` make the questionnaire,
and ``remark`` and ``unheld`` say what was lost; ``verdict`` asks pyxform whether a form is valid; ``writing``
and ``spelling`` are the way out. Source: https://xlsform.org/en/ref-table/
"""

from wherewithal.formats.xlsform.reading import Brought, read
from wherewithal.formats.xlsform.remark import BadForm, NotCarried, NothingAsked, NotValid, Remark
from wherewithal.formats.xlsform.writing import write

__all__ = ["BadForm", "Brought", "NotCarried", "NotValid", "NothingAsked", "Remark", "read", "write"]
