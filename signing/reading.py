"""Opening a PDF that somebody hands us (mở tệp PDF), with every failure named."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.errors import LockedPdf, SigningError, UnreadablePdf


def open_pdf(pdf: bytes) -> PdfFileReader:
    """Return a reader in strict mode. Raises `UnreadablePdf` or `LockedPdf`, never anything else."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        if reader.encrypted:
            raise LockedPdf(where="file")
        _ = reader.root["/Pages"]
    except SigningError:
        raise
    except Exception as error:
        raise UnreadablePdf(where="file", detail=_why(pdf, error)) from error
    return reader


def open_for_signing(pdf: bytes) -> IncrementalPdfFileWriter:
    """Return a writer that appends to the file and never touches the bytes that are there."""
    return IncrementalPdfFileWriter.from_reader(open_pdf(pdf))


def _why(pdf: bytes, error: BaseException) -> str:
    if not pdf.strip():
        return "tệp rỗng"
    if not pdf.startswith(b"%PDF-"):
        return "không bắt đầu bằng %PDF"
    if b"%%EOF" not in pdf[-2048:]:
        return "tệp bị cắt cụt"
    if isinstance(error, RecursionError | MemoryError):
        return "cấu trúc lồng nhau quá sâu"
    return "cấu trúc hỏng"
