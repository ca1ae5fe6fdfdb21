"""The only writers of groups. Each takes keywords, asks its policy, locks, changes, records, and sets off on commit."""
