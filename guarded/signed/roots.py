"""Gốc tin cậy: the certificates that the office trusts, as files hold them."""

from collections.abc import Iterable, Iterator

from asn1crypto import pem, x509


def certificates(files: Iterable[bytes]) -> list[x509.Certificate]:
    """Các chứng thư of these files, each once; what is none is passed over."""
    read = (certificate for file in files for certificate in _of(file))
    return list({certificate.dump(): certificate for certificate in read}.values())


def _of(file: bytes) -> Iterator[x509.Certificate]:
    try:
        parts = (
            [content for _, _, content in pem.unarmor(file, multiple=True)]
            if pem.detect(file)
            else [file]
        )
        for content in parts:
            certificate = x509.Certificate.load(content)
            certificate.subject.dump()
            yield certificate
    except (ValueError, TypeError):
        return
