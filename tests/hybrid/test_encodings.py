"""Bodies whose end is a person's own: whatever the encoding, browsers read the whole."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hybrid.encodings import LONGEST, SharedBody, accepted

DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@given(st.binary(max_size=5000), st.lists(st.binary(max_size=2000), min_size=1, max_size=3))
def test_each_gets_the_shared_part_and_their_own_end(plain, ends):
    body = SharedBody(plain)
    for end in ends:
        for encoding, decode in DECODERS.items():
            assert decode(body.with_end(end, encoding)) == plain + end


@pytest.mark.parametrize("size", [0, 1, LONGEST])
def test_an_end_of_any_length_that_fits(size):
    for encoding, decode in DECODERS.items():
        assert decode(SharedBody(b"page " * 9999).with_end(b"x" * size, encoding)) == b"page " * 9999 + b"x" * size


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip", "gzip"),
        (b"gzip;q=0.5, br;q=0", "gzip"),
        (b"br; q=0.0, gzip;q=0", ""),
        (b"brotli, gzipped", ""),
        (b"identity", ""),
        (b"", ""),
    ],
)
def test_what_a_client_accepts(header, encoding):
    assert accepted(header) == encoding
