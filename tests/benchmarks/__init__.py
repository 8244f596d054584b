"""Benchmarks: each beside its peers in the same run, written to docs/benchmarks.md, never asserted."""
