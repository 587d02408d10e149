"""A national return of Client Level Data of people who do not exist: any size, the same from the same seed.

``planning`` divides it among councils, ``people``, ``dates`` and ``lives`` make one part as numpy columns,
``faults`` spoils it as real returns are, ``truth`` says what a count must find, ``making`` writes it.
"""
