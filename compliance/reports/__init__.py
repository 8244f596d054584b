"""Reports: what the systems say of a school, with our word on it line by line."""
