"""What pages ask, already scoped to who asks."""
