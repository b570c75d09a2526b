"""Put our functions into a module's source in place of those of the same name."""

import ast
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """One top-level name of a replacement file: its name, its source, and its methods when it is a class."""

    name: str
    source: str
    methods: dict[str, str]


def names_of(node: ast.stmt) -> list[str]:
    """Return the names that a statement binds."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def lines_of(node: ast.stmt) -> tuple[int, int]:
    """Return the first and last line of a statement, decorators included, counted from one."""
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    return first, node.end_lineno


def text_of(source: str, node: ast.stmt) -> str:
    """Return the source lines of a statement."""
    first, last = lines_of(node)
    return "\n".join(source.splitlines()[first - 1 : last])


def read_pieces(replacement: str) -> tuple[list[str], list[Piece]]:
    """Return the import lines and the pieces of a replacement file."""
    imports, pieces = [], []
    for node in ast.parse(replacement).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(text_of(replacement, node))
        for name in names_of(node):
            methods = {}
            if isinstance(node, ast.ClassDef):
                methods = {
                    item.name: text_of(replacement, item)
                    for item in node.body
                    if isinstance(item, ast.FunctionDef)
                }
            pieces.append(Piece(name, text_of(replacement, node), methods))
    return imports, pieces


def with_indent(block: str, indent: str) -> str:
    """Return a block that is indented by four spaces, indented by `indent` at its first level instead."""
    return "\n".join(indent + line[4:] if line.strip() else line for line in block.splitlines())


def splice(source: str, replacement: str) -> str:
    """Return `source` with the functions, methods and values of `replacement` in place of its own.

    The first definition of a name gives the place; later ones of the same name are dropped. A class that the
    source has keeps its other methods. What the source does not have is added at the end. Imports of the
    replacement file that the source lacks stand just before the first name that is put in.
    """
    imports, pieces = read_pieces(replacement)
    tree = ast.parse(source)
    lines = source.splitlines()
    known_imports = {
        text_of(source, node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)
    }
    new_imports = [line for line in imports if line not in known_imports]
    edits: list[tuple[int, int, str]] = []
    added: list[str] = []
    for piece in pieces:
        nodes = [node for node in tree.body if piece.name in names_of(node)]
        if not nodes:
            added.append(piece.source)
        elif piece.methods and isinstance(nodes[0], ast.ClassDef):
            edits += method_edits(source, nodes[0], piece)
        elif f"_wheel_{piece.name}(" in piece.source:
            own = re.sub(
                rf"\bdef {piece.name}\b", f"def _wheel_{piece.name}", text_of(source, nodes[0]), count=1
            )
            edits.append((*lines_of(nodes[0]), f"{own}\n\n\n{piece.source}"))
        else:
            edits.append((*lines_of(nodes[0]), piece.source))
            edits += [(*lines_of(node), "") for node in nodes[1:]]
    if edits and new_imports:
        place = min(edits)[0]
        owner = next(node for node in tree.body if lines_of(node)[0] <= place <= lines_of(node)[1])
        start = lines_of(owner)[0]
        edits.append((start, start - 1, "\n".join(new_imports)))
        new_imports = []
    # From the end, so that line numbers stay true; at the same place the import, which is shorter, goes last.
    for first, last, text in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        lines[first - 1 : last] = text.splitlines()
    return "\n".join([*lines, *new_imports, "", *(text + "\n" for text in added)]) + "\n"


def method_edits(source: str, node: ast.ClassDef, piece: Piece) -> list[tuple[int, int, str]]:
    """Return the edits that put the methods of a piece into an existing class."""
    edits = []
    own = {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}
    indent = source.splitlines()[node.body[-1].lineno - 1]
    indent = indent[: len(indent) - len(indent.lstrip())]
    for name, text in piece.methods.items():
        if name in own:
            edits.append((*lines_of(own[name]), with_indent(text, indent)))
        else:
            edits.append((node.end_lineno + 1, node.end_lineno, with_indent(text, indent)))
    return edits


def optional_imports(source: str, modules: set[str]) -> str:
    """Return `source` with imports of the given packages allowed to fail, their names then being None."""
    tree = ast.parse(source)
    lines = source.splitlines()
    for node in reversed(tree.body):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in modules:
            names = [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, ast.Import) and any(a.name.split(".")[0] in modules for a in node.names):
            names = [alias.asname or alias.name.split(".")[0] for alias in node.names]
        else:
            continue
        first, last = lines_of(node)
        own = ["\t" + line for line in lines[first - 1 : last]]
        fallback = ["except ModuleNotFoundError:", "\t" + " = ".join([*names, "None"])]
        lines[first - 1 : last] = ["try:", *own, *fallback]
    return "\n".join(lines) + "\n"
