"""Acts of people on who can serve: access, contacts and the hold.  Each takes who acts and when."""
