"""NHS numbers as people write and read them. Whether one is possible is checked where it is taken in."""

import re


def bare(written: str) -> str:
    """Without the spaces and hyphens that people group it with: ``999 012 3456`` -> ``9990123456``."""
    return re.sub(r"[\s\-]", "", written)


def grouped(nhs_number: str) -> str:
    """Ten digits as the NHS prints them: ``9990123456`` -> ``999 012 3456``."""
    return f"{nhs_number[:3]} {nhs_number[3:6]} {nhs_number[6:]}"
