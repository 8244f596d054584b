"""The way of an accepted call into CAP, SEC and SESIS: at least once, with one effect in each, or visibly parked.

The delivery row is the queue and the broker only a bell.  A worker takes a system's lane, claims a batch with a lease
and a fence, sends it outside any transaction, and records the replies.
"""
