"""The thin edge: guard, form, action, redirect. By audience: invitation, my, members, work."""
