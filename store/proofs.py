"""What closing leaves in the public folder, so that everybody can check what became of their answers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from instruments.model import Record
from instruments.records import ReleaseHeader, Wave, canonical, sha256_of
from store.errors import unavailable
from store.files import PUBLIC_FILE, read_bounded, write_atomic
from store.names import folder_in
from store.openings import Opening
from store.public import PUBLIC, PublicStudy, proof_name
from store.records import read_own_record


class Proof(Record, frozen=True):
    """Fingerprints of one wave's release and of the log of openings, and the hashes of what was counted."""

    wave: Wave
    policy_sha256: str
    release_sha256: str
    opening_sha256: str
    """Hash of the last entry of the log of openings, on which the whole chain hangs; empty as below."""
    counted_hashes: tuple[str, ...]
    """Salted hashes of the submissions counted; empty where too few took part to tell how many."""
    schema: int = 1


def publish_proof(
    public: PublicStudy, header: ReleaseHeader, release: bytes, openings: Sequence[Opening]
) -> None:
    """Write the proof of `release`, which has this `header`, into the public folder."""
    is_told = header.counted is not None  # a hash of so few numbers could be guessed back
    proof = Proof(
        wave=header.wave,
        policy_sha256=header.policy_sha256,
        release_sha256=hashlib.sha256(release).hexdigest(),
        opening_sha256=sha256_of(openings[-1]) if openings and is_told else "",
        counted_hashes=header.counted_hashes,
    )
    path = folder_in(public.root, PUBLIC) / proof_name(header.wave)
    write_atomic(path, canonical(proof), PUBLIC_FILE, "The study's public folder")


def read_proof(public: PublicStudy) -> Proof | None:
    """Return the proof of the open wave's release; None when there is none, BadInput when it is damaged."""
    name = proof_name(public.policy.wave)
    try:
        data = read_bounded(folder_in(public.root, PUBLIC) / name)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unavailable("The proof of the release", error) from None
    return read_own_record(data, Proof, name)
