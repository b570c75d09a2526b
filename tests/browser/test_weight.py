"""What a page costs to fetch, gzipped: under 100 kB at first, under 20 kB after."""

import gzip

import requests


def test_page_weight(people, visit):
    visitor = visit(people.add("Ann", "Bell"))
    finished: list = []
    visitor.page.on("requestfinished", lambda request: finished.append(request))
    visitor.go("/your-account")
    visitor.page.wait_for_load_state("networkidle")
    first = weights(visitor, finished)
    assert 10_000 < sum(first.values()) < 100_000, first
    assert any("induction.bundle" in address for address in first)

    finished.clear()
    visitor.go("/your-details")
    visitor.page.wait_for_load_state("networkidle")
    after = weights(visitor, finished)
    assert 0 < sum(after.values()) < 20_000, after


def weights(visitor, finished: list) -> dict[str, int]:
    """Bytes by address of what came over the network, as a gzipping server sends them."""
    cookies = {cookie["name"]: cookie["value"] for cookie in visitor.context.cookies()}
    fetched = [
        request.url
        for request in finished
        if request.url.startswith(visitor.url) and request.sizes()["responseBodySize"] > 0
    ]
    return {
        address: packed_size(address, requests.get(address, cookies=cookies, timeout=60).content)
        for address in dict.fromkeys(fetched)
    }


def packed_size(address: str, content: bytes) -> int:
    return len(content if address.endswith(".woff2") else gzip.compress(content))
