"""What the pages of the compliance room ask, already scoped to who asks."""
