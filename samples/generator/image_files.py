"""Writes scans as JPEG, TIFF and PDF. Strips of fax codes are kept, so that a stack is put together without encoding twice."""
import io
import struct

from PIL import Image, ImageOps
from PIL.TiffImagePlugin import STRIPBYTECOUNTS, STRIPOFFSETS

_CODES = {"tiff-g4": ("group4", 4), "tiff-g3": ("group3", 3)}
# Exif orientation -> quarter turns clockwise that make the picture upright.
_EXIF = {1: 0, 6: 1, 3: 2, 8: 3}


class Encoded:
    """One page's image as bytes of a JPEG, or a strip of fax codes."""
    def __init__(self, scan):
        p = scan.picture
        self.kind, self.dpi, self.colour = scan.kind, (p.dpi, p.dpi_y), p.colour
        image = Image.fromarray(p.image)
        self.width, self.height = image.size
        if scan.kind == "jpeg":
            self.data = _jpeg(image, scan)
        else:
            self.data = _fax_strip(image, _CODES[scan.kind][0])

    @property
    def suffix(self):
        return ".jpg" if self.kind == "jpeg" else ".tif"

    def file(self):
        return self.data if self.kind == "jpeg" else tiff([self])


def _jpeg(image, scan):
    options = {"quality": scan.quality, "dpi": tuple(round(d) for d in (scan.picture.dpi, scan.picture.dpi_y))}
    if scan.exif != 1:
        image = image.rotate(90 * _EXIF[scan.exif], expand=True)  # PIL turns counter-clockwise: undoes what the viewer will do
        exif = Image.Exif()
        exif[0x0112] = scan.exif
        options["exif"] = exif
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def _fax_strip(image, compression):
    """The fax codes of a page; black runs are ink."""
    out = io.BytesIO()
    image = ImageOps.invert(image).convert("1", dither=Image.Dither.NONE)
    image.save(out, "TIFF", compression=compression, tiffinfo={278: image.height}, strip_size=1 << 28)
    tags = Image.open(out).tag_v2
    (offset,), (size,) = tags[STRIPOFFSETS], tags[STRIPBYTECOUNTS]
    return out.getvalue()[offset:offset + size]


def tiff(pages):
    """A TIFF file of fax-coded pages."""
    out = io.BytesIO(b"II*\0\0\0\0\0")
    link = 4  # where the offset of the next directory goes
    for page in pages:
        out.seek(0, io.SEEK_END)
        strip = out.tell()
        out.write(page.data + b"\0" * (len(page.data) % 2))
        ratios = out.tell()
        out.write(struct.pack("<4I", round(page.dpi[0] * 100), 100, round(page.dpi[1] * 100), 100))
        entries = [(256, 4, page.width), (257, 4, page.height), (258, 3, 1), (259, 3, _CODES[page.kind][1]), (262, 3, 0), (273, 4, strip),
                   (277, 3, 1), (278, 4, page.height), (279, 4, len(page.data)), (282, 5, ratios), (283, 5, ratios + 8), (296, 3, 2)]
        directory = out.tell()
        out.write(struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", t, k, 1, v) for t, k, v in entries) + b"\0\0\0\0")
        end = out.tell()
        out.seek(link)
        out.write(struct.pack("<I", directory))
        link = end - 4
    return out.getvalue()


def pdf(pages):
    """A PDF with one image a page. Pages that are the same Encoded object share their image."""
    objects, images, kids = [None, None], {}, []
    for page in pages:
        if id(page) not in images:
            objects.append(_image_object(page))
            images[id(page)] = len(objects)
        number = images[id(page)]
        w, h = (n * 72 / d for n, d in zip((page.width, page.height), page.dpi))
        content = f"q {w:.2f} 0 0 {h:.2f} 0 0 cm /I Do Q".encode()
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w:.2f} {h:.2f}] /Resources << /XObject << /I {number} 0 R >> >> "
                       f"/Contents {len(objects)} 0 R >>".encode())
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
    out, offsets = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    for i, body in enumerate(objects):
        offsets.append(out.tell())
        out.write(f"{i + 1} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{o:010d} 00000 n \n".encode() for o in offsets))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _image_object(page):
    if page.kind == "jpeg":
        filters = f"/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace /Device{'RGB' if page.colour else 'Gray'}"
    else:
        k = -1 if page.kind == "tiff-g4" else 0
        filters = (f"/Filter /CCITTFaxDecode /DecodeParms << /K {k} /Columns {page.width} /Rows {page.height} >> /BitsPerComponent 1 "
                   "/ColorSpace /DeviceGray")
    return (f"<< /Type /XObject /Subtype /Image /Width {page.width} /Height {page.height} {filters} /Length {len(page.data)} >>\n"
            "stream\n").encode() + page.data + b"\nendstream"
