"""Who can serve: people, agencies, contracts, access and grants, and the memo's rules on them."""
