"""From which network address a request comes, as far as it can be believed. Used for limits, never stored."""

import ipaddress

from django.conf import settings

IPV6_HOME = 64  # a household has this much of an address; what stands behind it changes by the hour
# Who rents addresses to guess from gets them side by side, or a whole site of IPv6 at once.
IPV4_ROW, IPV6_SITE = 24, 48


def client_address(request) -> str:
    """The address before our own proxies. What a browser writes into X-Forwarded-For by itself changes nothing."""
    count = settings.TRUSTED_PROXY_COUNT
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if count and len(chain) >= count:
        return chain[-count]
    return request.META.get("REMOTE_ADDR", "")


def network(address: str) -> str:
    """What counts as one place: an IPv4 address, or the network of an IPv6 one."""
    try:
        known = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return "unknown"
    if known.version == 6:
        return str(known.ipv4_mapped or ipaddress.ip_network((known, IPV6_HOME), strict=False))
    return str(known)


def neighbourhood(network: str) -> str:
    """The row of addresses in which a network stands: what one who guesses from many places gets hold of at once."""
    try:
        known = ipaddress.ip_network(network)
    except ValueError:
        return "unknown"
    return str(known.supernet(new_prefix=IPV6_SITE if known.version == 6 else IPV4_ROW))
