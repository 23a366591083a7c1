"""Signed papers: PDF files as offices sign them, with certificates that a test makes for itself."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

import typst
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter
from pypdf.annotations import FreeText

NOW = datetime.now(UTC)
FROM, UNTIL = NOW - timedelta(days=800), NOW + timedelta(days=800)


_CURVE = ec.SECP256R1()


class _Heedless(signers.PdfSigner):
    def _enforce_certification_constraints(self, reader):
        """Ask no earlier signature."""


class Holder(NamedTuple):
    """Who may sign: a certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _name(name, organisation="", job=""):
    parts = [(NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, organisation)]
    parts.append((NameOID.TITLE, job))
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text])


def _use_of(*, is_authority):
    signs, issues, other = not is_authority, is_authority, False
    return signs, signs, other, other, other, issues, issues, other, other


@cache
def holder(
    name, organisation="", job="", *, by=None, until=UNTIL, is_authority=False, stamps=False
):
    """A certificate of that name; of its own making where nobody issues it."""
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(_CURVE)
    subject = _name(name, organisation, job)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(0x54012345 if not is_authority else x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(*_use_of(is_authority=is_authority)),
            critical=True,
        )
    )
    if stamps:
        made = made.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return Holder(made.sign(by.key if by else key, hashes.SHA256()), key)


def root():
    return holder("Gốc dùng để thử", is_authority=True)


def issuer():
    return holder("Nơi cấp dùng để thử", by=root(), is_authority=True)


def director():
    return holder("Phạm Minh Đức", "Sở Công Thương", "Giám đốc", by=issuer())


def office():
    return holder("Sở Công Thương", "UBND tỉnh", by=issuer())


def paper(words):
    """A page that bears these words."""
    return typst.compile(
        f'#set page(width: 120mm, height: 90mm)\n#set text(lang: "vi")\n{words}'.encode(),
        format="pdf",
    )


def decision_words(number="45/QĐ-SCT", day="ngày 28 tháng 4 năm 2021", names=()):
    """The text of a decision; a line for each name."""
    listed = "\n\n".join(f"- {name}" for name in names)
    return f"Số: {number}\n\nHoà Bình, {day}\n\nQUYẾT ĐỊNH về việc khen thưởng\n\n{listed}"


def _signer(who):
    key = who.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificates = {
        place: asn1_x509.Certificate.load(of.certificate.public_bytes(serialization.Encoding.DER))
        for place, of in (("own", who), ("issuer", issuer()))
    }
    store = SimpleCertificateStore()
    store.register(certificates["issuer"])
    return signers.SimpleSigner(
        signing_cert=certificates["own"],
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )


def signed(document, who=None, *, field="Ky", permits=None, stamper=None):
    """The document with one signature more."""
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        certify=permits is not None,
        docmdp_permissions=permits or fields.MDPPerm.FILL_FORMS,
    )
    return _by(signers.PdfSigner(meta, _signer(who or director()), timestamper=stamper), document)


def _by(signer, document):
    """What the signer makes of it; in a thread, for a browser of the same process may have a loop
    of events in this one, and pyHanko begins one of its own.
    """
    out, writer = io.BytesIO(), IncrementalPdfFileWriter(io.BytesIO(document))
    with ThreadPoolExecutor(1) as other:
        other.submit(signer.sign_pdf, writer, output=out).result()
    return out.getvalue()


def stamper(at):
    """What puts a time on a signature, as of that moment."""
    who = holder("Dấu thời gian dùng để thử", by=issuer(), stamps=True)
    made = _signer(who)
    return DummyTimeStamper(
        made.signing_cert, made.signing_key, certs_to_embed=made.cert_registry, fixed_dt=at
    )


def added_to(document, words="Sửa sau khi ký"):
    """The document with other words on its page, as an update behind what was there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    page = writer.root["/Pages"]["/Kids"][0]
    drawn = generic.StreamObject(stream_data=f"BT ({words}) Tj ET".encode("latin-1", "replace"))
    writer.add_stream_to_page(0, writer.add_object(drawn))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(document, password):
    """The document behind a password; none to open it where that is empty."""
    writer = PdfWriter(clone_from=io.BytesIO(document))
    writer.encrypt(password, owner_password="chủ", algorithm="RC4-128")
    return _written(writer)


def picture():
    """A page on which there is only a picture."""
    return paper("#rect(width: 50mm, height: 30mm, fill: gray)")


def many_pages(count):
    """So many empty pages."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    return _written(writer)


def noted(document, words):
    """The document with words stamped on it, as a clerk puts a number and a day on."""
    writer = PdfWriter(clone_from=io.BytesIO(document))
    writer.add_annotation(0, FreeText(text=words, rect=(20, 20, 200, 60)))
    return _written(writer)


def signed_against_its_will(document):
    """A second signature that the first one forbids, by a program that does not ask."""
    meta = signers.PdfSignatureMetadata(field_name="CoQuan")
    return _by(_Heedless(meta, _signer(office())), document)


def signed_in_sight(document, words):
    """The document with a signature that shows these words on the page."""
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Ky"),
        _signer(director()),
        stamp_style=TextStampStyle(stamp_text=words),
        new_field_spec=fields.SigFieldSpec("Ky", box=(20, 20, 200, 60)),
    )
    return _by(signer, document)


def _written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
