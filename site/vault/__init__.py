"""Keeps secrets secret: encrypted fields, the key ring, keyed hashes and opaque ids.

Refuses to start on a key that does not fit the data. Knows nothing of people or pages.
"""
