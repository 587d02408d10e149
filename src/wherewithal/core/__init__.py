"""What is right: rules as functions from values to values. Standard library only, no clock, no files."""
