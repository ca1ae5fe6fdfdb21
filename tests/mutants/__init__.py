"""Guards taken away one by one, to see whether the suite notices. Not part of the build: it takes a while."""
