"""The house keeps its shape: layers, doors, pages, sizes, and no face matching anywhere."""

from __future__ import annotations

import ast
import importlib
import inspect
import tomllib
from pathlib import Path

import pytest

from exposure.plugins import (
    Archive,
    Combination,
    Decoder,
    Format,
    Inference,
    PostRule,
    Rule,
    Writer,
    discover,
    modules,
)

ROOT = Path(__file__).parent.parent / "exposure"

LAYERS = [  # each may import from those above it, never from those beside or below it
    {"errors"},
    {"source"},
    {"model"},
    {"post", "members"},
    {"stores"},
    {"text", "guards", "ground", "baseline", "looks", "names"},
    {"taken"},
    {"collection"},
    {"plugins", "media", "tiff", "cbor", "workers"},
    {"formats", "metadata"},
    {"gathering", "opening"},
    {"drawing", "pixels"},
    {"reading"},
    {"places"},
    {"context"},
    {"rules", "archives"},
    {"inferences"},  # ask what rules know of names
    {"inferring"},
    {"plan"},
    {"examining", "posts"},
    {"running"},
    {"cleaning"},
    {"ticks", "trials"},
    {"scanning"},
    {"checking", "comparing"},
    {"reports", "demo"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

DOORS = {  # each library that we depend on comes in by one door, so it can be replaced there
    "exifread": {"metadata/_tags.py", "metadata/_second_reader.py"},
    "PIL": {"opening.py", "drawing.py", "pixels.py", "demo/_drawing.py"},
    "pillow_heif": {"opening.py"},
    "rich": {"reports/_page.py", "reports/_sections.py", "reports/_progress.py"},
    "pebble": {"workers.py"},
    "jinja2": {"reports/_html/_page.py"},
    "markupsafe": {"reports/_html/_page.py"},
    "platformdirs": {"cleaning/_private.py"},
    "xml": {"metadata/_rdf.py"},
    "tomllib": {"context.py", "posts/_services.py"},
}

NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "asyncio",
    "requests",
    "httpx",
    "webbrowser",
}
FACES = [
    "face_recognition",
    "dlib",
    "insightface",
    "deepface",
    "facenet",
    "facenet_pytorch",
    "arcface",
    "mediapipe",
    "cv2",
    "retinaface",
    "mtcnn",
    "onnxruntime",
    "torch",
    "tensorflow",
    "keras",
    "openface",
    "compreface",
    "ultralytics",
    "nudenet",
    "sklearn",
    "numpy",
]

PACKAGES = ("formats", "metadata", "rules", "inferences", "archives", "reports")
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
LONGER = {"model.py": "the nouns are read together, and half of it is what they mean"}

MODULES = [p for p in sorted(ROOT.rglob("*.py")) if p.name not in ("__main__.py",)]
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> set[str]:
    """The full names of what a module imports, lazily or not."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@each_module
def test_imports_point_one_way(path: Path) -> None:
    here = path.relative_to(ROOT).with_suffix("").parts
    if here == ("__init__",):
        assert not [name for name in imports(path) if name.startswith("exposure")]
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "exposure" or len(parts) < 2 or parts[1] not in LEVEL:
            continue
        if parts[1] != here[0]:
            assert LEVEL[parts[1]] < LEVEL[here[0]], f"{path} imports {name}, which is not above it"
        elif len(parts) > 2 and (ROOT / here[0] / f"{parts[2]}.py").exists() and here[0] != "cli":
            assert parts[2].startswith("_"), f"{path} imports its sibling {name}"


@each_module
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{path} has no docstring"
    assert source.count("\n") <= LONGEST_MODULE or path.relative_to(ROOT).as_posix() in LONGER


@each_module
def test_functions_stay_small(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert lines <= LONGEST_FUNCTION, f"{path}: {node.name} has {lines} lines"


@each_module
def test_nothing_runs_at_import(path: Path) -> None:
    """Only definitions, constants, and the type-checking import block."""
    allowed = (
        ast.FunctionDef,
        ast.ClassDef,
        ast.Import,
        ast.ImportFrom,
        ast.Assign,
        ast.AnnAssign,
        ast.AugAssign,
    )
    for node in tree(path).body:
        if isinstance(node, ast.If):
            assert ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'"), ast.unparse(
                node.test
            )
        elif isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant), f"{path}:{node.lineno} does something"
        else:
            assert isinstance(node, allowed), f"{path}:{node.lineno} does something"


@pytest.mark.parametrize("library, doors", DOORS.items())
def test_a_library_comes_in_by_its_door(library: str, doors: set[str]) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if any(name.partition(".")[0] == library for name in imports(path))
    }
    assert users <= doors and users, f"{library}: {users}"


@each_module
def test_nothing_reaches_the_network_and_nothing_knows_faces(path: Path) -> None:
    roots = {name.partition(".")[0] for name in imports(path)}
    assert not roots & NETWORK
    assert not roots & set(FACES)


def test_no_dependency_knows_faces() -> None:
    project = tomllib.loads((ROOT.parent / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(d for more in project["optional-dependencies"].values() for d in more),
    ]
    assert not [d for d in wanted if any(d.lower().replace("-", "_").startswith(face) for face in FACES)]


def test_only_one_function_compares_two_pictures_and_it_is_for_previews() -> None:
    """`pixels.likeness` holds a file's preview against that file's own picture; nothing else takes two pictures."""
    comparing = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                kinds = [ast.unparse(a.annotation) for a in node.args.args if a.annotation is not None]
                if sum("Image" in kind.split(".")[-1] for kind in kinds) > 1:
                    comparing.append(f"{path.stem}.{node.name}")
    assert sorted(comparing) == ["pixels._boxes", "pixels._correlation", "pixels.likeness"]


def test_looks_are_of_whole_files_and_two_of_them_are_compared_in_one_place() -> None:
    """`pixels.look` takes one whole file and nothing that chooses a part of it; `looks` alone says how near two looks are,
    and knows no pictures, so no face, person or part of a picture can be looked for."""
    from exposure import looks, pixels

    assert list(inspect.signature(pixels.look).parameters) == ["window", "format_"]
    assert list(inspect.signature(looks.look).parameters) == ["grey"]
    calls = {}
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        if "exposure.pixels.look" in imports(path):
            of = [
                n for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and ast.unparse(n.func) == "look"
            ]
            calls[name] = {ast.unparse(call.args[0]) for call in of}
    assert calls == {
        module: {"Window.whole(source)"} for module in ("examining.py", "comparing/_matching.py")
    }
    assert not [name for name in imports(ROOT / "looks.py") if name.startswith(("PIL", "exposure"))]


PAGED = [
    *discover("rules", Rule),
    *discover("rules", Combination),
    *discover("rules", PostRule),
    *discover("inferences", Inference),
]


@pytest.mark.parametrize("rule", PAGED, ids=lambda r: r.id)
def test_every_rule_explains_itself(rule: Rule | Combination | PostRule | Inference) -> None:
    page = inspect.cleandoc(
        rule.page
        if isinstance(rule, Combination)
        else ((rule.infer if isinstance(rule, Inference) else rule.check).__doc__ or "")
    )
    headings = ["Why it matters", "What to do", "What that does not do", "Covers", "References"]
    assert [line for line in page.splitlines() if line in headings] == headings
    first = page.splitlines()[0]
    assert first and first[0].isupper()
    assert rule.id == rule.id.lower() and " " not in rule.id


def test_no_two_things_share_a_name() -> None:
    ids = [rule.id for rule in PAGED]
    names = [x.name for x in (*discover("formats", Format), *discover("archives", Archive))]
    kinds = [d.kind for d in discover("metadata", Decoder)]
    assert len(set(ids)) == len(ids)
    assert len(set(names)) == len(names)
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("name", modules("reports"))
def test_an_output_is_named_by_its_module(name: str) -> None:
    from exposure.plugins import plugins_of

    (writer,) = plugins_of(f"reports.{name}", Writer)
    assert writer.name == name


@pytest.mark.parametrize("package", PACKAGES)
def test_every_plugin_module_has_its_test(package: str) -> None:
    for name in modules(package):
        assert (ROOT.parent / "tests" / package / f"test_{name}.py").exists(), f"{package}.{name} has no test"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_module_holds_a_plugin(package: str) -> None:
    plugin = (Format, Decoder, Rule, PostRule, Combination, Inference, Archive, Writer)
    for name in modules(package):
        members = vars(importlib.import_module(f"exposure.{package}.{name}")).values()
        assert any(isinstance(m, plugin) for m in members), f"{package}.{name} holds nothing"


def test_only_reports_and_the_command_line_show_text() -> None:
    users = {p.relative_to(ROOT).parts[0] for p in MODULES if "exposure.text" in imports(p)}
    assert users <= {"reports", "cli"}
