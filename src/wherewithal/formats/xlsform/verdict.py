"""Is a form valid? The judge is pyxform, which the programs that collect answers use too."""

import re
import warnings
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

_MORE = re.compile(r"\s*Learn more: \S+|\s+")


def verdict(path: Path) -> str:
    """What pyxform has against the form, '' for nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            convert(path, validate=False)
    except PyXFormError as refusal:
        return _MORE.sub(" ", str(refusal)).strip()
    except Exception as error:  # pyxform breaks on some forms: it cannot say that they are valid
        return f"pyxform broke off on it ({type(error).__name__})"
    return ""
