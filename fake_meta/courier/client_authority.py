"""An authority of this process that issues what Meta shows to callbacks (meta-contract §2.3)."""

from __future__ import annotations

from pathlib import Path

import trustme

CLIENT_NAME = "client.webhooks.fbclientcerts.com"
"""The common name by which a callback knows Meta."""


def issue_client_certificate(ca_file: Path) -> bytes:
    """Key and certificate in PEM, issued anew; the authority's own certificate is in `ca_file`."""
    authority = trustme.CA(organization_name="fake_meta, for tests only")
    ca_file.write_bytes(authority.cert_pem.bytes())
    issued = authority.issue_cert(CLIENT_NAME, common_name=CLIENT_NAME)
    return issued.private_key_and_cert_chain_pem.bytes()
