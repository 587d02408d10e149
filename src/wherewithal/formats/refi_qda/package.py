"""A ``.qdpx`` opened: a zip with ``project.qde`` and a folder of sources, never unpacked to disk."""

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from wherewithal.core.refusal import Refusal

LARGEST = 100_000_000  # bytes of a file as it comes
LARGEST_OPENED = 200_000_000  # bytes of all that is read of it, opened


class NotRefiQda(Refusal):
    """A file that is no REFI-QDA project or codebook that can be read; ``says`` names the place."""


@dataclass
class Package:
    """The files of a zip by name in small letters. ``opened`` counts the bytes that were read so far."""

    packed: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]
    opened: int = 0

    def read(self, name: str) -> bytes:
        """One file. Raises NotRefiQda when it is missing or damaged, or when it all gets too large."""
        entry = self.names.get(name.lower())
        if entry is None:
            raise NotRefiQda(f"The file “{name}” is missing.")
        self.opened += entry.file_size
        if self.opened > LARGEST_OPENED:
            raise NotRefiQda(
                f"Opened, the project’s texts are larger than {LARGEST_OPENED // 1_000_000} MB, "
                "which is more than is read."
            )
        try:
            return self.packed.read(entry)
        except Exception as fault:  # a damaged zip makes its reader raise whatever it stumbles over
            raise NotRefiQda(f"The file “{name}” cannot be unpacked: {fault}.") from fault


def open_package(content: bytes) -> Package:
    """The zip. Raises NotRefiQda for what is none, or is too large."""
    if len(content) > LARGEST:
        raise NotRefiQda(f"The file is larger than {LARGEST // 1_000_000} MB, which is more than is read.")
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except Exception as fault:  # as above
        raise NotRefiQda("The file is no zip, which a .qdpx is. Export it again.") from fault
    return Package(packed, {entry.filename.lower().replace("\\", "/"): entry for entry in packed.infolist()})


def parse(content: bytes, name: str, root: str) -> etree._Element:
    """The root of an XML file, which must be called ``root``. Raises NotRefiQda.

    No entity is resolved and nothing is fetched: a document type is refused, as the standard has none.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        found = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise NotRefiQda(f"{name} is not XML that can be read: {fault}.") from fault
    if found.getroottree().docinfo.doctype:
        raise NotRefiQda(f"{name} declares a document type, which no REFI-QDA file has.")
    if found.tag != root:
        raise NotRefiQda(f"{name} begins with {found.tag}; {root} was expected.")
    return found
