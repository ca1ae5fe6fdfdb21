"""Open pages that follow along: the hub of sockets.

The database is the truth. A hint says only 'this topic has something new up to n'; it carries ids, never text.
Each process has one hub. On a hint it asks one set-based question (which of these viewers may read it), renders once
per (language, audience), and sends the same text to those sockets.

Upper packages register what can be followed (`live.topics.register`) and say that something changed
(`live.hints.publish`, on commit). Knows no groups and no messages.
"""
