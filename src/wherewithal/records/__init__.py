"""What is remembered: one noun a file. No save() overrides, no signals, no rules; the database says no."""
