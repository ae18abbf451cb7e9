"""What hangs on a message is what it begins with, not what it says: phones say `octet-stream`, others say worse."""

MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
HEICS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
HIDDEN = "application/octet-stream"


def kind_of(content: bytes, said: str) -> str:
    """Return the kind of a file: of those that are opened here, by its first bytes; else what the message says."""
    head = content[:1024].lstrip() if content[:1024].lstrip().startswith(b"%PDF-") else content[:16]
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in HEICS:
        return "image/heic"
    if said == "text/plain" and b"\0" not in content:
        return said
    # It says that it is what it is not: nobody opens it here.
    return HIDDEN if said in TAKEN else said


# What a message may not say of something that begins otherwise.
TAKEN = frozenset(
    {"image/jpeg", "image/png", "image/heic", "image/heif", "image/webp", "application/pdf", "text/plain"}
)
