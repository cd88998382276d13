"""A certificate signs a statement; whatever does not fit is refused by its own name."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from certificate_maker import Authority, ec_key, ed_key, rsa_key, sign
from tanxin.core.certificates import SignatureRefused, TrustedRoots, proof_of, statement_of

NOW = datetime(2026, 5, 6, 8, tzinfo=UTC)
SAID = statement_of(UUID(int=1), UUID(int=2), "subject", bytes(32)).encode()


@pytest.fixture(scope="module")
def authority():
    return Authority("本单位证书中心", NOW)


def refused(roots, *sent, at=NOW):
    with pytest.raises(SignatureRefused) as why:
        roots.holder_of(*sent, at=at)
    return why.value.code


@pytest.mark.parametrize("key", [rsa_key, ec_key, ed_key], ids=["rsa", "ec", "ed25519"])
def test_who_signed_is_told_by_his_certificate(authority, key):
    mine = key()
    certificate = authority.give("王立新", mine)

    holder = TrustedRoots(authority.pem).holder_of(SAID, sign(mine, SAID), certificate, at=NOW)

    assert (holder.name, holder.issuer) == ("王立新", "本单位证书中心")


def test_a_signature_of_another_text_or_key_is_refused(authority):
    mine, roots = ec_key(), TrustedRoots(authority.pem)
    certificate = authority.give("王立新", mine)

    assert refused(roots, SAID + b" ", sign(mine, SAID), certificate) == "wrong-signature"
    assert refused(roots, SAID, sign(ec_key(), SAID), certificate) == "wrong-signature"
    assert refused(roots, SAID, b"", certificate) == "wrong-signature"


def test_a_certificate_of_strangers_or_out_of_its_days_is_refused(authority):
    mine, roots = ec_key(), TrustedRoots(authority.pem)
    strange = Authority("本单位证书中心", NOW).give("王立新", mine)
    signed = sign(mine, SAID)

    assert refused(roots, SAID, signed, strange) == "untrusted"
    late = NOW + timedelta(days=800)
    assert refused(roots, SAID, signed, authority.give("王立新", mine), at=late) == "untrusted"
    assert refused(roots, SAID, signed, authority.pem) == "not-for-signing"


def test_a_certificate_that_is_not_for_signing_is_refused(authority):
    mine = rsa_key()
    certificate = authority.give("王立新", mine, signs=False)

    assert refused(TrustedRoots(authority.pem), SAID, sign(mine, SAID), certificate) == (
        "not-for-signing"
    )


@pytest.mark.parametrize("sent", [b"", b"x", b"-----BEGIN CERTIFICATE-----", b"0" * 70_000])
def test_what_is_no_certificate_is_refused(authority, sent):
    assert refused(TrustedRoots(authority.pem), SAID, b"x", sent) == "unreadable"


def test_the_proof_holds_all_that_somebody_needs_who_checks_it_elsewhere(authority):
    mine = ec_key()
    certificate = authority.give("王立新", mine)

    kept = proof_of(SAID.decode(), sign(mine, SAID), certificate)

    assert kept.startswith(SAID.decode())
    said, rest = kept.split("-----BEGIN SIGNATURE-----\n")
    signature, certificates = rest.split("-----END SIGNATURE-----\n")
    again = TrustedRoots(authority.pem).holder_of(
        said.rstrip("\n").encode() + b"\n", signature.encode(), certificates.encode(), at=NOW
    )
    assert again.name == "王立新"
