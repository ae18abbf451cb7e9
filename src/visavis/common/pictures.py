"""What a picture is, by its first bytes: its name says nothing."""

STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HEIF = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"heim", b"heis", b"avif")


def is_picture(data: bytes) -> bool:
    """Say whether bytes begin as a photo does: JPEG, PNG, WebP, HEIC or AVIF."""
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(STARTS) or is_webp or (data[4:8] == b"ftyp" and data[8:12] in HEIF)
