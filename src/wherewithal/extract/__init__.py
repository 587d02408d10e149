"""The only door from records to analytics (``door.py``), and what is made of the two together."""
