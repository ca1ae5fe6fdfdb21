"""Which fields here tell about a person. The other areas have the same page."""

PERSONAL: dict[str, tuple[str, str]] = {}
NOT_PERSONAL = {"MasterSecret.only", "MasterSecret.value"}
