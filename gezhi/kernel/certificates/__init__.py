"""Certificates 证书: an office's own authority, and what it lets this machine's server show.

Every other package imports from here; the files beneath are nobody else's business.
"""

from gezhi.kernel.certificates.given import faults_of_given
from gezhi.kernel.certificates.names import names_of
from gezhi.kernel.certificates.office import FOLDER, Damaged, Office, State
from gezhi.kernel.certificates.reading import Certificate, read_certificate

__all__ = [
    "FOLDER",
    "Certificate",
    "Damaged",
    "Office",
    "State",
    "faults_of_given",
    "names_of",
    "read_certificate",
]
