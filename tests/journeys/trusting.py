"""A browser's own store of authorities, filled as somebody's hand would: Chromium on Linux believes
what lies in `~/.pki/nssdb`. Nothing in the browser is told to look away.

    python -m tests.journeys.trusting HOME FILE

Runs apart: the library (NSS, which Chromium brings along) can be opened once a process.
"""

import ctypes
import sys
from pathlib import Path

_NO_KEY = 0
# "C": trusted to sign for servers; nothing for letters and programs.
_FOR_SERVERS = b"C,,"


class _Trust(ctypes.Structure):
    _fields_ = [("ssl", ctypes.c_uint), ("email", ctypes.c_uint), ("code", ctypes.c_uint)]


def trust(home: Path, der: bytes) -> None:
    """Make the store below this home and put the authority in; raises OSError with NSS's number."""
    folder = home / ".pki" / "nssdb"
    folder.mkdir(parents=True)
    nss = ctypes.CDLL("libnss3.so")
    smime = ctypes.CDLL("libsmime3.so")
    for library, name in ((nss, "PK11_GetInternalKeySlot"), (smime, "CERT_DecodeCertFromPackage")):
        getattr(library, name).restype = ctypes.c_void_p
    _done(nss, nss.NSS_InitReadWrite(f"sql:{folder}".encode()))
    slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
    _done(nss, nss.PK11_InitPin(slot, None, b""))
    certificate = ctypes.c_void_p(smime.CERT_DecodeCertFromPackage(der, len(der)))
    _done(nss, nss.PK11_ImportCert(slot, certificate, _NO_KEY, b"office", 0))
    held = _Trust()
    _done(nss, nss.CERT_DecodeTrustString(ctypes.byref(held), _FOR_SERVERS))
    store = ctypes.c_void_p(_default_store(nss))
    _done(nss, nss.CERT_ChangeCertTrust(store, certificate, ctypes.byref(held)))
    nss.CERT_DestroyCertificate(certificate)
    nss.PK11_FreeSlot(slot)
    _done(nss, nss.NSS_Shutdown())


def _default_store(nss: ctypes.CDLL) -> int:
    nss.CERT_GetDefaultCertDB.restype = ctypes.c_void_p
    return int(nss.CERT_GetDefaultCertDB() or 0)


def _done(nss: ctypes.CDLL, status: int) -> None:
    if status:
        raise OSError(f"NSS refused: {ctypes.c_int(nss.PORT_GetError()).value}")


if __name__ == "__main__":
    trust(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes())
