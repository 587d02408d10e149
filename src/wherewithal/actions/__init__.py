"""What is done: one verb a function, rows changed in one transaction, with who and why.

Every action is decorated with ``@action(verb)`` and takes keyword arguments only, ``by`` (the user) and
``at`` (the moment, aware) among them. Actions never call each other; what several need is in ``record``.
"""
