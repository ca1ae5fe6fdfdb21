"""After a leak: whom it hit, and a draft of what the authority is told. Nothing is sent to anybody from here."""
