"""A town that does not exist, for trying Kring and for its tests. Built by living through it: only actions are called.

People, families and messages are inventions. Only on a portal that nobody but this computer can reach.
"""
