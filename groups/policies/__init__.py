"""Who may do what in a group. Roles alone open nothing here: every rule asks for the relation to the group."""
