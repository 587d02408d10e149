"""Wherewithal: self-directed support, from what a person needs to a figure the sector can trust."""

__version__ = "0.1.0"
