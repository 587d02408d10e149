"""A survey's report: sentences whose figures are computed, tables with bases, what must hold."""
