"""Small things every room uses: the clock, school days, the page frame."""
