"""A made-up corner of Brooklyn, written by hand: three schools, sixty students, and everyone around them.

The data modules say who is there and what happened since September; ``load`` writes the rows, and lets the portal's
own nights and deliveries make of the past what they would have made of it.  Every person, school and agency is
invented.
"""
