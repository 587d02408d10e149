"""Addresses that the tests' mail server knows."""

GONE = "gone@example.org"  # no such mailbox
