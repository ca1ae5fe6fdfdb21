"""From which network address a request comes, as far as it can be believed. Used for limits, never stored."""

import ipaddress

from django.conf import settings

IPV6_HOME = 64  # a household has this much of an address; what stands behind it changes by the hour


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
