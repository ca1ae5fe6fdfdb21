"""Thin: guard, form, action, redirect. Pages of signing in come before any actor; everything else names a policy."""
