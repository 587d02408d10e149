"""What the API says when it does not do what was asked."""

from ninja import Schema


class Said(Schema):
    """``says`` is one plain sentence, ``field`` what it is about ('' for the whole)."""

    says: str
    field: str = ""
