#!/usr/bin/env python3
"""Writes the binary documents of samples/chu-valmont from the texts in eng/samples/sources.

Standard library only; the same texts give the same bytes. A source is named after its document with `.md` added:
`x.docx.md` becomes `x.docx`, `a.zip!/b.csv` an entry of `a.zip`, `m.eml!/p.pdf.md` an attachment of `m.eml`,
`x.scan.pdf.md` a page picture with an invisible text layer, `x.image.pdf.md` a page picture without one.
"""
import io
import pathlib
import re
import zipfile
from email.message import EmailMessage
from html import escape

HERE = pathlib.Path(__file__).parent
SOURCES = HERE / "sources"
TARGET = HERE.parent.parent / "samples" / "chu-valmont" / "documents"
FIXED = (2026, 1, 5, 8, 0, 0)


def parse(text):
    """Splits the head (`key: value` lines up to the first blank line) from the body."""
    head, body = {}, text
    if re.match(r"(?:[a-z]+: .*\n)+\n", text):
        top, body = text.split("\n\n", 1)
        head = dict(line.split(": ", 1) for line in top.splitlines())
    return head, body


def blocks(body):
    """Yields (kind, value): h1..h3, li, ol, note, table (rows) and p."""
    rows = []
    for line in body.splitlines() + [""]:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                rows.append(cells)
            continue
        if rows:
            yield "table", rows
            rows = []
        heading = re.match(r"(#{1,3}) (.*)", line)
        item = re.match(r"(?:- |(\d+)\. )(.*)", line)
        if heading:
            yield f"h{len(heading[1])}", heading[2]
        elif item:
            yield ("ol" if item[1] else "li"), item[2] if not item[1] else f"{item[1]}. {item[2]}"
        elif line.startswith("> "):
            yield "note", line[2:]
        elif line.strip():
            yield "p", line.strip()


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return out.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def core(head):
    date = head.get("date", "2026-01-05")
    return (XML + f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f'<dc:title>{escape(head.get("title", ""))}</dc:title>'
            f'<dc:creator>{escape(head.get("author", ""))}</dc:creator>'
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}T08:00:00Z</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{date}T08:00:00Z</dcterms:modified></cp:coreProperties>')


def office(head, main, main_type, extra, overrides):
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in
                    [(main, main_type), ("docProps/core.xml",
                     "application/vnd.openxmlformats-package.core-properties+xml"), *overrides])
    return archive([
        ("[Content_Types].xml", XML + f'<Types xmlns="{PACKAGE}/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'),
        ("_rels/.rels", relations([(f"{OFFICE}/officeDocument", main),
                                   (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")])),
        ("docProps/core.xml", core(head)), *extra])


def relations(targets):
    rows = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
                   for n, (kind, target) in enumerate(targets, 1))
    return XML + f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def docx(head, body):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def run(text):
        return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    def paragraph(text, style="", number=0):
        marks = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else "")
        return f"<w:p><w:pPr>{marks}</w:pPr>{run(text)}</w:p>"

    parts = [paragraph(head["title"], "Title")] if "title" in head else []
    for kind, value in blocks(body):
        if kind == "table":
            rows = "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
                           for row in value)
            grid = '<w:gridCol w:w="2000"/>' * len(value[0])
            parts.append(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>")
        elif kind[0] == "h":
            parts.append(paragraph(value, f"Heading{kind[1]}"))
        elif kind == "li":
            parts.append(paragraph(value, "ListParagraph", 1))
        elif kind == "ol":
            parts.append(paragraph(value.split(". ", 1)[1], "ListParagraph", 2))
        else:
            parts.append(paragraph(value))
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
                     for style, name in [("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"),
                                         ("Heading3", "heading 3"), ("ListParagraph", "List Paragraph")])
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for n, kind, text in [(1, "bullet", "•"), (2, "decimal", "%1.")])
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    prefix = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    return office(head, "word/document.xml", prefix + "document.main+xml", [
        ("word/document.xml", XML + f'<w:document xmlns:w="{w}"><w:body>{"".join(parts)}<w:sectPr/></w:body>'
         '</w:document>'),
        ("word/styles.xml", XML + f'<w:styles xmlns:w="{w}">{styles}</w:styles>'),
        ("word/numbering.xml", XML + f'<w:numbering xmlns:w="{w}">{levels}{numbers}</w:numbering>'),
        ("word/_rels/document.xml.rels", relations([(f"{OFFICE}/styles", "styles.xml"),
                                                    (f"{OFFICE}/numbering", "numbering.xml")]))],
        [("word/styles.xml", prefix + "styles+xml"), ("word/numbering.xml", prefix + "numbering+xml")])


def xlsx(head, body):
    s = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheets, strings = [], {}
    for kind, value in blocks(body):
        if kind == "h2":
            sheets.append((value, []))
        elif kind == "table":
            sheets[-1][1].extend(value)

    def cell(text, place, is_header):
        date = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)
        amount = re.fullmatch(r"([\d  ]+(?:,\d+)?) €", text)
        number = re.fullmatch(r"\d+(?:,\d+)?", text)
        if not text:
            return ""
        if date and not is_header:
            import datetime
            day = datetime.date(int(date[3]), int(date[2]), int(date[1])) - datetime.date(1899, 12, 30)
            return f'<c r="{place}" s="1"><v>{day.days}</v></c>'
        if (amount or number) and not is_header:
            plain = re.sub(r"[  ]", "", (amount[1] if amount else text)).replace(",", ".")
            return f'<c r="{place}" s="{2 if amount else 0}"><v>{plain}</v></c>'
        index = strings.setdefault(text, len(strings))
        return f'<c r="{place}" t="s"><v>{index}</v></c>'

    files = []
    for n, (_, rows) in enumerate(sheets, 1):
        data = "".join(f'<row r="{r}">' + "".join(cell(text, f"{chr(65 + c)}{r}", r == 1)
                                                  for c, text in enumerate(row)) + "</row>"
                       for r, row in enumerate(rows, 1))
        files.append((f"xl/worksheets/sheet{n}.xml",
                      XML + f'<worksheet xmlns="{s}"><sheetData>{data}</sheetData></worksheet>'))
    names = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
                    for n, (name, _) in enumerate(sheets, 1))
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    style = (f'<styleSheet xmlns="{s}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
             '<numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;€&quot;"/></numFmts>'
             "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/>"
             "</borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf/>"
             '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
             "</styleSheet>")
    prefix = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    count = len(sheets)
    targets = [(f"{OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    return office(head, "xl/workbook.xml", prefix + "sheet.main+xml", files + [
        ("xl/workbook.xml", XML + f'<workbook xmlns="{s}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'),
        ("xl/sharedStrings.xml", XML + f'<sst xmlns="{s}" uniqueCount="{len(strings)}">{shared}</sst>'),
        ("xl/styles.xml", XML + style),
        ("xl/_rels/workbook.xml.rels", relations(targets + [(f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
                                                            (f"{OFFICE}/styles", "styles.xml")]))],
        [(name, prefix + "worksheet+xml") for name, _ in files]
        + [("xl/sharedStrings.xml", prefix + "sharedStrings+xml"), ("xl/styles.xml", prefix + "styles+xml")])


def pptx(head, body):
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    slides = []
    for kind, value in blocks(body):
        if kind in ("h1", "h2"):
            slides.append((value, [], []))
        else:
            slides[-1][2 if kind == "note" else 1].append(value)

    def shape(number, kind, lines):
        text = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/><p:cNvSpPr/>'
                f'<p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:spPr/>'
                f"<p:txBody><a:bodyPr/>{text}</p:txBody></p:sp>")

    def tree(shapes):
        return ('<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
                f"<p:grpSpPr/>{shapes}</p:spTree></p:cSld>")

    space = f'xmlns:p="{p}" xmlns:a="{a}" xmlns:r="{OFFICE}"'
    prefix = "application/vnd.openxmlformats-officedocument.presentationml."
    files, overrides = [], []
    for n, (title, lines, notes) in enumerate(slides, 1):
        name = f"ppt/slides/slide{n}.xml"
        files.append((name, XML + f"<p:sld {space}>"
                      + tree(shape(2, "title", [title]) + shape(3, "body", lines)) + "</p:sld>"))
        overrides.append((name, prefix + "slide+xml"))
        if notes:
            note = f"ppt/notesSlides/notesSlide{n}.xml"
            files.append((note, XML + f"<p:notes {space}>" + tree(shape(2, "body", notes)) + "</p:notes>"))
            files.append((f"ppt/slides/_rels/slide{n}.xml.rels",
                          relations([(f"{OFFICE}/notesSlide", f"../notesSlides/notesSlide{n}.xml")])))
            overrides.append((note, prefix + "notesSlide+xml"))
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    return office(head, "ppt/presentation.xml", prefix + "presentation.main+xml", files + [
        ("ppt/presentation.xml", XML + f"<p:presentation {space}><p:sldIdLst>{ids}</p:sldIdLst>"
         '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'),
        ("ppt/_rels/presentation.xml.rels",
         relations([(f"{OFFICE}/slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]))], overrides)


WIDTHS = ("278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 " + "556 " * 10
          + "278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 "
          "611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 "
          "556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584").split()


def width(text, size):
    total = sum(int(WIDTHS[ord(c) - 32]) if 32 <= ord(c) < 127 else 556 for c in text)
    return total * size / 1000


def wrap(text, size, limit):
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and width(longer, size) > limit:
            yield line
            line = word
        else:
            line = longer
    yield line


def literal(text):
    raw = text.replace("\u202f", " ").replace("\u00a0", " ").encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def pdf(head, body, picture=False, layer=True):
    """Pages of A4 with a running header and footer; as a picture when asked."""
    pages, y = [[]], 770
    title = head.get("title", "")
    content = ([("h1", title)] if title and not body.lstrip().startswith("# ") else []) + list(blocks(body))

    def put(x, size, font, text, step):
        nonlocal y
        if y < 80:
            pages.append([])
            y = 770
        pages[-1].append((x, y, size, font, text))
        y -= step

    for kind, value in content:
        if kind == "table":
            span = 480 / len(value[0])
            for r, row in enumerate(value):
                wrapped = [list(wrap(cell, 9, span - 6)) for cell in row]
                top = y
                if y - 11 * max(map(len, wrapped)) < 80:
                    pages.append([])
                    top = y = 770
                for c, lines in enumerate(wrapped):
                    for n, line in enumerate(lines):
                        pages[-1].append((57 + c * span, top - 11 * n, 9, "F2" if r == 0 else "F1", line))
                y = top - 11 * max(map(len, wrapped)) - 5
            y -= 8
            continue
        size, font = {"h1": (18, "F2"), "h2": (14, "F2"), "h3": (12, "F2")}.get(kind, (10.5, "F1"))
        indent = 75 if kind in ("li", "ol") else 57
        y -= 8 if kind[0] == "h" else 0
        for n, line in enumerate(wrap(("• " if kind == "li" else "") + value, size, 537 - indent)):
            put(indent, size, font, line, size * 1.35)
        y -= 5

    fonts = ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
             "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None, *fonts,
               b"<< /Title (" + literal(title) + b") /Author (" + literal(head.get("author", "")) + b") >>"]
    kids = []
    for n, lines in enumerate(pages, 1):
        if not picture:
            lines = lines + [(57, 812, 8, "F1", f"CHU de Valmont – {title}"),
                             (57, 40, 8, "F1", f"Page {n} sur {len(pages)}")]
        mode = b"3 Tr " if picture else b""
        drawn = b"".join(b"BT %s/%s %g Tf %g %g Td (%s) Tj ET\n" % (mode, font.encode(), size, x, top, literal(text))
                         for x, top, size, font, text in lines) if layer or not picture else b""
        resources = "/Font << /F1 3 0 R /F2 4 0 R >>"
        if picture:
            grey = bytes(235 - (7 * x * y // 50) % 14 for y in range(84) for x in range(60))
            objects.append(b"<< /Type /XObject /Subtype /Image /Width 60 /Height 84 /ColorSpace /DeviceGray "
                           b"/BitsPerComponent 8 /Length %d >>\nstream\n%s\nendstream" % (len(grey), grey))
            resources += f" /XObject << /Scan {len(objects)} 0 R >>"
            drawn = b"q 595 0 0 842 0 0 cm /Scan Do Q\n" + drawn
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
                       f"/Resources << {resources} >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out, places = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", []
    for n, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, item if isinstance(item, bytes) else item.encode())
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\n"
                  b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(out)))


def html(head, body):
    parts, in_list = [], False
    for kind, value in blocks(body):
        if in_list and kind != "li":
            parts.append("</ul>")
        if kind == "li" and not in_list:
            parts.append("<ul>")
        in_list = kind == "li"
        if kind == "table":
            rows = ["<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
                    for tag, row in [("th" if n == 0 else "td", row) for n, row in enumerate(value)]]
            parts.append("<table>\n" + "\n".join(rows) + "\n</table>")
        else:
            tag = {"h1": "h1", "h2": "h2", "h3": "h3", "li": "li"}.get(kind, "p")
            parts.append(f"<{tag}>{escape(value)}</{tag}>")
    if in_list:
        parts.append("</ul>")
    title = escape(head.get("title", ""))
    first = "" if any(part.startswith("<h1>") for part in parts) else f"<h1>{title}</h1>\n"
    return (f'<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
            '<nav><a href="/">Intranet</a> <a href="/documents">Documents</a></nav>\n<main>\n' + first
            + "\n".join(parts) + "\n</main>\n<footer>CHU de Valmont, intranet</footer>\n</body>\n</html>\n").encode()


def eml(head, body, attachments):
    message = EmailMessage()
    for name in ("from", "to", "date", "subject"):
        message[name.capitalize()] = head[name]
    message["Message-ID"] = "<" + re.sub(r"[^A-Za-z0-9]+", "-", head["subject"]).strip("-").lower() + "@chu-valmont.example>"
    message.set_content(body, cte="quoted-printable")
    kinds = {"pdf": ("application", "pdf"), "csv": ("text", "csv")}
    for name, content in attachments:
        main, sub = kinds.get(name.rsplit(".", 1)[1], ("application", "octet-stream"))
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    if attachments:
        message.set_boundary("----=_" + re.sub(r"[^A-Za-z0-9]+", "_", head["subject"])[:40])
    return message.as_bytes()


def convert(name, raw):
    """Returns the document's name and bytes."""
    if not name.endswith(".md") or name.count(".") < 2:
        return name, raw
    name = name[:-3]
    head, body = parse(raw.decode())
    if name.endswith(".scan.pdf"):
        return name.replace(".scan.pdf", ".pdf"), pdf(head, body, picture=True)
    if name.endswith(".image.pdf"):
        return name.replace(".image.pdf", ".pdf"), pdf(head, body, picture=True, layer=False)
    if name.endswith(".broken.docx"):
        return name.replace(".broken.docx", ".docx"), docx(head, body)[:900]
    if name.endswith(".txt"):
        return name, raw.decode().encode("cp1252", "replace")
    return name, {"docx": docx, "xlsx": xlsx, "pptx": pptx, "pdf": pdf, "html": html}[name.rsplit(".", 1)[1]](head, body)


def main():
    inside = {}
    outer = []
    for path in sorted(p for p in SOURCES.rglob("*") if p.is_file()):
        relative = path.relative_to(SOURCES).as_posix()
        holder, bang, entry = relative.partition("!/")
        if bang:
            inside.setdefault(holder, []).append(convert(entry, path.read_bytes()))
        else:
            outer.append((relative, path.read_bytes()))
    made = []
    for relative, raw in outer:
        if relative.endswith(".eml.md"):
            head, body = parse(raw.decode())
            made.append((relative[:-3], eml(head, body, inside.pop(relative[:-3], []))))
        else:
            made.append(convert(relative, raw))
    made += [(name, archive(sorted(entries))) for name, entries in inside.items()]
    for name, content in made:
        target = TARGET / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    print(f"{len(made)} documents written")


if __name__ == "__main__":
    main()
