"""The memo's rules as pure functions: facts in, a verdict in plain words out.  README.md says the same in prose."""
