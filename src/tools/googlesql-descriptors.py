"""Writes the protobuf descriptors of the GoogleSQL local service, from an unpacked wheel, as one FileDescriptorSet.

usage: googlesql-descriptors.py WHEEL_FOLDER OUT

Needs nothing but Python: every *_pb2.py of the wheel holds one serialized FileDescriptorProto as a bytes literal, and a
FileDescriptorSet is those, each behind its field number and length. Names for JSON are filled in by the reader.
"""

import ast
import pathlib
import re
import sys

ENTRY = "zetasql.wasi._pb2.zetasql.local_service.local_service_pb2"


def descriptor_of(path):
    """The serialized descriptor in one generated module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddSerializedFile":
            return ast.literal_eval(node.args[0])
    raise SystemExit(f"{path} holds no descriptor")


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def imports_of(path):
    """Generated modules that this one imports, in order."""
    for line in path.read_text().splitlines():
        match = re.match(r"from (\S+) import (\w+_pb2)", line) or re.match(r"import (\S+)\.(\w+_pb2)", line)
        if match:
            yield f"{match.group(1)}.{match.group(2)}"


def collect(module, wheel, done):
    if module in done:
        return
    path = wheel.joinpath(*module.split(".")).with_suffix(".py")
    if not path.exists():
        return
    done[module] = b""
    for dependency in imports_of(path):
        collect(dependency, wheel, done)
    descriptor = descriptor_of(path)
    del done[module]
    done[module] = b"\x0a" + varint(len(descriptor)) + descriptor


wheel, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
files = {}
collect(ENTRY, wheel, files)
out.write_bytes(b"".join(files.values()))
print(len(files), "files")
