"""A refusal is an answer: in plain words, at a place, with what can be done next."""


class Refusal(Exception):
    """A rule said no. ``says`` is shown to people as it stands.

    ``field`` names the input it is about ('' for the whole), ``source`` the rule's source in law or
    policy, ``who_could`` who may do what was refused. Subclasses stand beside the function that raises them.
    """

    def __init__(self, says: str, *, field: str = "", source: str = "", who_could: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.field = field
        self.source = source
        self.who_could = who_could
