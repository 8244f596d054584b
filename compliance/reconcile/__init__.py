"""Comparing what the systems say."""
