"""Who saw or changed which student's record, and why."""
