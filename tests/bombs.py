"""Files of text that ask for more than they are: each is made here, and comes with how it has to be answered."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HEADER = b"report,from,lon,lat,radius_m,note\n"
ROW = b"a%d,2030-03-05,36.1,32.7,20,x\n"
SQUARE = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'


@dataclass(frozen=True)
class Bomb:
    """A file, laid out in a folder; the words of the command; what it has to say; whether rows are left over."""

    lay_out: Callable[[Path], list[str]]
    said: str
    code: int = 3


Data = bytes | Callable[[], bytes]
"""What is written; what is large is made when it is."""


def written(path: Path, data: Data) -> Path:
    """Write a file."""
    path.write_bytes(data() if callable(data) else data)
    return path


def taken(name: str, data: Data, *more: str) -> Callable[[Path], list[str]]:
    """Lay out a file of reports, to be imported."""

    def lay_out(folder: Path) -> list[str]:
        written(folder / name, data)
        return ["import", name, "--zone", "UTC", "-o", "out.parquet", *more]

    return lay_out


def csv(data: Data, said: str, code: int = 3) -> Bomb:
    """Make a CSV file."""
    return Bomb(taken("a.csv", data), said, code)


def packed(data: Data, said: str) -> Bomb:
    """Make a packed CSV file."""
    return Bomb(taken("a.csv.gz", data), said)


def json(text: str | Callable[[], str], said: str, code: int = 3) -> Bomb:
    """Make a GeoJSON file."""

    def made() -> bytes:
        return (text() if callable(text) else text).encode()

    return Bomb(taken("a.geojson", made), said, code)


def feature(geometry: str = "null", properties: str = '{"report":"a","from":"2030-03-05"}') -> str:
    """Write a feature."""
    return f'{{"type":"Feature","geometry":{geometry},"properties":{properties}}}'


def features(*parts: str) -> str:
    """Write a collection."""
    return f'{{"type":"FeatureCollection","features":[{",".join(parts)}]}}'


def terms(data: Data, said: str) -> Bomb:
    """Make an agreement."""

    def lay_out(folder: Path) -> list[str]:
        written(folder / "t.yaml", data)
        return ["lint", "t.yaml"]

    return Bomb(lay_out, said)


def beside(name: str, data: Data, option: str, said: str) -> Bomb:
    """Make a file that goes with three good rows."""

    def lay_out(folder: Path) -> list[str]:
        written(folder / name, data)
        return taken("a.csv", rows(3), option, name)(folder)

    return Bomb(lay_out, said)


def said_by(name: str, data: Data, said: str, code: int = 3) -> Bomb:
    """Make a file of statements."""

    def lay_out(folder: Path) -> list[str]:
        written(folder / name, data)
        return ["statements", name]

    return Bomb(lay_out, said, code)


def rows(count: int) -> bytes:
    """Write so many good rows."""
    return HEADER + b"".join(ROW % number for number in range(count))


def zeros(megabytes: int) -> bytes:
    """Pack so many megabytes of blanks, piece by piece."""
    packer, piece = zlib.compressobj(9, wbits=31), b" " * 2**20
    return b"".join([packer.compress(HEADER), *(packer.compress(piece) for _ in range(megabytes)), packer.flush()])


def ring(count: int) -> str:
    """Write a polygon of so many corners that crosses itself."""
    return f'{{"type":"Polygon","coordinates":[[{",".join(f"[{n / 1e4},{n % 2}]" for n in range(count))},[0,0]]]}}'


NUMBERS = [b"nan", b"inf", b"-inf", b"1e400", b"1_0", b"0x10", "\uff11".encode(), b"181", b"9" * 10**6]
ODD_GEOMETRIES = [
    '{"type":"Point"}', '{"type":"Point","coordinates":{}}', '{"type":"Point","coordinates":"ab"}',
    '{"type":"Polygon","coordinates":[[]]}', '{"type":"Polygon","coordinates":[[[0,0]]]}', '{"type":["x"]}', "{}",
    '{"type":"Point","coordinates":[null,null]}', f'{{"type":"Point","coordinates":[{"9" * 4000},1]}}',
    '{"type":"Polygon","coordinates":[[[0,0],[1e308,0],[0,1e308],[0,0]]]}', '{"type":"Point","coordinates":[1e400,1]}',
]  # fmt: skip
COLLECTED = '{"type":"GeometryCollection","geometries":['

CSV = {
    "lone quote": csv(lambda: rows(20_000).replace(b"a7,", b'"a7,', 1), "a.csv row 8: TL-R102", 0),
    "quote in the header": csv(lambda: b'"' + rows(5000), "a.csv: TL-R005"),
    "a million quotes": csv(lambda: b'"' * 10**6, "a.csv: TL-R017 .* a name of 1000000 letters"),
    "a million columns": csv(lambda: b",".join(b"c%d" % n for n in range(10**6)) + b"\n", "a.csv: TL-R017 .* columns"),
    "one column 100,000 times": csv(lambda: b",".join([b"c"] * 10**5) + b"\n", "a.csv: TL-R017 .* 100000 columns"),
    "one column twice": csv(b"report,report\n1,2\n", "a.csv: TL-R006 .*'report'"),
    "a name of a megabyte": csv(lambda: b"report," + b"x" * 10**6 + b"\na,b\n", "a.csv: TL-R017"),
    "a million delimiters": csv(lambda: HEADER + b"," * 10**6 + b"\n", "a.csv row 1: TL-R101", 0),
    "a record of 70 MB": csv(lambda: HEADER + b"a,2030-03-05,1,2,3," + b"x" * 7 * 10**7, "a.csv after row 0: TL-R015"),
    "a quoted record of 70 MB": csv(
        HEADER + b'a,2030-03-05,1,2,3,"' + b"x\n" * 35 * 10**6, "a.csv after row 0: TL-R015"
    ),
    "no text": csv(bytes(range(128, 256)) * 99, "a.csv: TL-R003"),
    "a zero byte": csv(lambda: rows(10).replace(b"a5", b"a\0"), "a.csv: TL-R003 .* a zero byte at byte 181"),
    "UTF-16 without a mark": csv(lambda: rows(10).decode().encode("utf-16-le"), "a.csv: TL-R003"),
    "half a character": csv(lambda: rows(10).decode().encode("utf-16") + b"x", "a.csv: TL-R003"),
    "a mark alone": csv(b"\xef\xbb\xbf", "a.csv: TL-R001 .* it is empty"),
    "nothing": csv(b"", "a.csv: TL-R001 .* it is empty"),
    "a zip archive": csv(b"PK\3\4" + bytes(999), "a.csv: TL-R003"),
    "numbers that are none": csv(
        lambda: HEADER + b"".join(b"a%d,2030-03-05,%s,32.7,20,x\n" % pair for pair in enumerate(NUMBERS)),
        r"a.csv row 9 column lon: TL-R103 .*\.\.\. 1000000 letters",
        0,
    ),
    "a date of a million digits": csv(
        lambda: HEADER + b"a," + b"9" * 10**6 + b",36,32,20,x\n", "a.csv row 1 column from: TL-R106", 0
    ),
    "formulas": csv(HEADER + b"=cmd|' /C calc'!A0,@SUM(1),+1+1,-2+3,\t=1,x\n", "a.csv row 1 column from: TL-R106", 0),
    "one id 20,000 times": csv(
        lambda: HEADER + b"a,2030-03-05,36.1,32.7,20,x\n" * 20_000, "a.csv row 2 column report: TL-R108", 0
    ),
    "120 MB in 120 kB": packed(lambda: zeros(120), "a.csv.gz: TL-R007 .* more than"),
    "packed and cut": packed(lambda: gzip.compress(rows(999))[:-50], "a.csv.gz: TL-R001"),
    "packed by its name alone": packed(rows(9), "a.csv.gz: TL-R001 .* Not a gzipped file"),
    "10,000 packed nothings": packed(lambda: gzip.compress(b"") * 10_000, "a.csv.gz: TL-R001 .* it is empty"),
}
JSON = {
    "ten million brackets": json(lambda: "[" * 10**7, "a.geojson: TL-R013 .* nested too deep"),
    "a million braces": json(lambda: '{"a":' * 10**6, "a.geojson: TL-R013 .* nested too deep"),
    "a number of a million digits": json(
        lambda: features(feature(f'{{"coordinates":[{"9" * 10**6}]}}')), "a.geojson: TL-R013"
    ),
    "no number": json(features(feature('{"type":"Point","coordinates":[NaN,1]}')), "a.geojson: TL-R013 .* NaN"),
    "no end": json(features(feature('{"type":"Point","coordinates":[Infinity,1]}')), "TL-R013 .* Infinity"),
    "a key twice": json(features(feature("null", '{"a":1,"a":2}')), "TL-R013 .* 'a' stands twice"),
    "a key twice among 50,000": json(
        lambda: '{"a":{' + ",".join(f'"k{n}":1' for n in range(50_000)) + ',"k9":2}}', "TL-R013 .* 'k9'"
    ),
    "400 million empty cells": json(
        lambda: features(
            *(feature("null", "{" + ",".join(f'"{n}_{k}":1' for k in range(100)) + "}") for n in range(2000))
        ),
        "a.geojson: TL-R007 .* 400000000 cells",
    ),
    "half of a pair": json(features(feature("null", r'{"report":"\ud800"}')), r"a.geojson:1: TL-R013 .* \\ud800"),
    "half of a pair as a key": json(features(feature("null", r'{"\udfff":1}')), r"a.geojson:1: TL-R013 .* \\udfff"),
    "a system that is none": json('{"type":"FeatureCollection","crs":{"properties":7},"features":[]}', "TL-R009"),
    "lists for words": json(
        features(feature("null", '{"report":"a","from":["2030"]}')), "column from: TL-R018 .* list"
    ),
    "a ring that crosses itself": json(lambda: features(feature(ring(50_000))), "row 1 column geometry: TL-R113", 0),
    "geometries that are none": json(
        features(*(feature(one, f'{{"report":"a{n}"}}') for n, one in enumerate(ODD_GEOMETRIES))), "TL-R112", 0
    ),
    "400 geometries in each other": json(
        lambda: features(feature(COLLECTED * 400 + '{"type":"Point","coordinates":[1,1]}' + "]}" * 400)), "TL-R112", 0
    ),
    "no features": json('{"type":"FeatureCollection","features":{"a":1}}', "a.geojson: TL-R013"),
    "no feature": json(features("1", "null", '"x"', "[]"), "a.geojson: TL-R013"),
}
TERMS = {
    "aliases of aliases": terms(
        b"a: &a [x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(8)),
        "t.yaml:1:4: TL-E005",
    ),
    "an object": terms(b"a: !!python/object/apply:os.system ['touch pwned']\n", "t.yaml:1:4: TL-E005"),
    "a tag of 900 kB": terms(lambda: b"a: !<" + b"x" * 900_000 + b"> b\n", "t.yaml:1:4: TL-E005 .* 900002 letters"),
    "an anchor of 300 kB": terms(lambda: b"a: &" + b"x" * 300_000 + b" b\n", "t.yaml:1:4: TL-E005"),
    "half a million brackets": terms(lambda: b"[" * 500_000, "t.yaml:1:61: TL-E006"),
    "lists in lists": terms(lambda: b"- " * 400_000, "t.yaml:1:121: TL-E006"),
    "JSON in JSON": terms(lambda: b'{"a":' * 150_000, "t.yaml:1:301: TL-E006"),
    "a mapping in every line": terms(
        lambda: b"".join(b" " * n + b"a:\n" for n in range(1300)), "t.yaml:61:61: TL-E006"
    ),
    "keys of keys": terms(lambda: b"? " * 400_000, "t.yaml:1:3: TL-E005"),
    "merged keys": terms(b"<<: {a: 1}\n", "t.yaml:1:1: TL-E005"),
    "100,000 documents": terms(lambda: b"---\n" * 100_000, "t.yaml:2:1: TL-E005"),
    "30,001 values": terms(lambda: b"[" + b"a," * 30_001 + b"]", "TL-E006 more than 30000 values"),
    "two megabytes": terms(lambda: b"a: 1\n" * 400_000, "TL-E006 the file is larger than 1 MB"),
    "an open quote": terms(lambda: b'a: "' + b"x " * 100_000, "TL-E001 the text ends inside quotes"),
    "terms with a zero byte": terms(b"a: \0\n", "t.yaml:1:4: TL-E002"),
    "terms in UTF-16": terms("a: 1\n".encode("utf-16"), "t.yaml:1:1: TL-E002"),
    "a character that is none": terms(rb'a: "\UFFFFFFFF"', "TL-E001 an escape in quotes names no character"),
}
BESIDE = {
    "a mapping with an alias": beside("m.yaml", b"columns: &a {report: *a}\n", "--mapping", "m.yaml:1:10: TL-R010"),
    "regions of brackets": beside("r.geojson", lambda: b"[" * 10**6, "--regions", "r.geojson: TL-R013"),
    "odd names of a region": beside(
        "r.geojson",
        features(feature(SQUARE, '{"id":1,"also":7}')).encode(),
        "--regions",
        "r.geojson feature 1: TL-R012 .* 'also'",
    ),
}
STATEMENTS = {
    "a statement of brackets": said_by("s.jsonl", lambda: b"[" * 10**6 + b"\n", "s.jsonl row 1: TL-S110", 0),
    "a statement with a key twice": said_by(
        "s.jsonl",
        lambda: b"{" + b",".join(b'"k%d":1' % n for n in range(30_000)) + b',"k9":2}\n',
        "s.jsonl row 1: TL-S110 .* 'k9'",
        0,
    ),
    "half of a pair in a statement": said_by("s.jsonl", rb'{"id": "\ud800"}' + b"\n", "s.jsonl row 1: TL-S110", 0),
    "a statement that is none": said_by("s.jsonl", b'1\n[]\nnull\n{"id": NaN}\n', "s.jsonl row 4: TL-S110", 0),
    "statements with a zero byte": said_by("s.jsonl", b'{"id": "\0"}\n', "s.jsonl: TL-R003"),
    "a quote in statements": said_by(
        "s.csv", lambda: b'id,chain,stance\n"n,?>B,states\n' + b"n,?>B,states\n" * 9999, "s.csv row 1: TL-R102", 0
    ),
    "statements of brackets": said_by("s.yaml", lambda: b"[" * 100_000, "s.yaml:1:61: TL-E006"),
    "statements with aliases": said_by("s.yaml", b"- &a {id: n}\n- *a\n", "s.yaml:1:3: TL-E005"),
}
TEXT = {**CSV, **JSON, **TERMS, **BESIDE, **STATEMENTS}
