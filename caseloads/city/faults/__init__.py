"""What can be wrong, each kind planted on purpose, and what only looks as if it were.

A scenario makes one student (or a number that no student has) and says about what it is.  Planted ones must be open;
near ones are waiting, exempt, or nothing at all: on the other side of a lag, or explained.  Codes are written by name,
from the page that the comparison is written from as well.
"""
