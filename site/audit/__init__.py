"""What happened and who looked: an append-only record, sealed in a chain, and the access log.

Refers to everything by label and id, so that history never holds a row in place. Holds ids, never names.
"""
