"""The offices outside, as a demonstration plays them: each does what an item's fix says, through the gateways."""
