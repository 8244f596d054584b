"""A synthetic city of any size: schools, staff, students and their mandates, as every system holds them at a moment.

Everybody and everything in it is invented: students' and providers' numbers lie in ranges that no real one has.  It is
written from the same page as the comparison (``compliance/reconcile/README.md``) and shares no code with it.  In a
clean city nothing is open; what is wrong in one that is not clean was planted, and is written down as it is planted.

Inside this package a day is its ordinal and a moment a whole minute since 1970 in UTC: a city has millions of them.
"""
