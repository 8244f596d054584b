"""The door and the floor of the portal: settings, addresses, accounts, audit and what is shared."""
