"""What kills, floods and cuts: each fault against a Kring of its own, with figures and limits. Run by `make faults`."""
