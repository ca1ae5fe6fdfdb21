"""Persons, accounts, roles, households, keep-apart, contact needs: who is who, and what rules are made of.

Knows no groups, messages or pages; upper packages register the relations they keep.
"""
