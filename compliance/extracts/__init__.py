"""Extracts: what the systems say as files that an office can download, read and load again."""
