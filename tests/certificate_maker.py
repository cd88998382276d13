"""A small certificate authority of our own: real keys, real certificates."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


def rsa_key():
    return rsa.generate_private_key(65537, 2048)


def ec_key():
    return ec.generate_private_key(ec.SECP256R1())


def ed_key():
    return ed25519.Ed25519PrivateKey.generate()


def sign(key, said):
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(said, padding.PKCS1v15(), SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(said, ec.ECDSA(SHA256()))
    return key.sign(said)


class Authority:
    def __init__(self, name, now: datetime):
        self.name, self.now, self.key = named(name), now, ec_key()
        self.certificate = (
            self.begun(self.name, self.key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(self.key, SHA256())
        )
        self.pem = self.certificate.public_bytes(Encoding.PEM)

    def begun(self, name, key):
        month = timedelta(days=365)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - month)
            .not_valid_after(self.now + month)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        )

    def give(self, name, key, *, signs=True, number=""):
        """A person's certificate, as PEM."""
        allowed = usage(digital_signature=True) if signs else usage(key_encipherment=True)
        begun = self.begun(named(name, number), key).add_extension(allowed, critical=True)
        return begun.sign(self.key, SHA256()).public_bytes(Encoding.PEM)


def named(name, number=""):
    known = {NameOID.COMMON_NAME: name, NameOID.SERIAL_NUMBER: number}
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in known.items() if text])


def usage(**allowed):
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})
