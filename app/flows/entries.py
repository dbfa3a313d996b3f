"""The files that people write for us: YAML read as plain words, each with its place, every fault told at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from app.shared.errors import Fault

MOST_BYTES = 64 * 1024
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a file and where it stands; nothing but text, list and mapping exists here."""

    path: str
    line: int
    value: "str | tuple[Entry, ...] | Mapping[str, Entry] | None"

    @property
    def place(self) -> str:
        """Where this stands, as a person would look for it."""
        return f"line {self.line}, {self.path}" if self.path else f"line {self.line}"

    def below(self, step: str) -> "Entry":
        """Return the entry below with this name or number, or this one where there is none."""
        if isinstance(self.value, Mapping):
            return self.value.get(step, self)
        if isinstance(self.value, tuple):
            return self.value[int(step)]
        return self


@dataclass(slots=True)
class Reading:
    """Read the fields of a file, and collect every fault instead of stopping at the first."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, entry: Entry, problem: str) -> None:
        """Note one thing that is wrong with an entry."""
        self.faults.append(Fault(entry.place, problem))

    def open(self, text: str) -> Entry | None:
        """Return the file's top entry, or None where it cannot be read at all."""
        self.faults.extend(_refusals(text))
        if self.faults:
            return None
        return self._grow(yaml.compose(text, Loader=yaml.SafeLoader), "")

    def fields(
        self, entry: Entry, *, needed: tuple[str, ...], allowed: tuple[str, ...] = ()
    ) -> Mapping[str, Entry]:
        """Return a mapping's fields, noting those that are missing and those that nobody knows."""
        if not isinstance(entry.value, Mapping):
            self.fault(entry, f"should be a block with the fields {', '.join(needed)}")
            return {}
        for name, child in entry.value.items():
            if name not in needed and name not in allowed:
                known = ", ".join((*needed, *allowed))
                self.fault(child, f"unknown field; the fields here are {known}")
        for name in needed:
            if name not in entry.value:
                self.fault(entry, f"the field {name!r} is missing")
        return entry.value

    def mapping(self, entry: Entry | None) -> Mapping[str, Entry]:
        """Return a mapping whose names are free, or an empty one."""
        if entry is None:
            return {}
        if isinstance(entry.value, Mapping):
            return entry.value
        self.fault(entry, "should be a block of names and values")
        return {}

    def items(self, entry: Entry | None) -> tuple[Entry, ...]:
        """Return a list's entries, or none."""
        if entry is None:
            return ()
        if isinstance(entry.value, tuple):
            return entry.value
        self.fault(entry, "should be a list")
        return ()

    def text(self, entry: Entry | None) -> str:
        """Return an entry's words, or an empty string after noting what is wrong."""
        if entry is None:
            return ""
        if isinstance(entry.value, str) and entry.value.strip():
            return entry.value.strip()
        self.fault(entry, "should be some text")
        return ""

    def whole_number(self, entry: Entry | None) -> int:
        """Return an entry's number, 1 or more, or 0 after noting what is wrong."""
        if entry is None:
            return 0
        value = entry.value
        if (
            isinstance(value, str)
            and value.isascii()
            and value.isdigit()
            and len(value) <= 6
            and int(value) > 0
        ):
            return int(value)
        self.fault(entry, "should be a whole number, 1 or more")
        return 0

    def _grow(self, node: yaml.Node | None, path: str) -> Entry:
        if node is None:
            return Entry(path, 1, None)
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return Entry(path, line, self._grow_mapping(node, path))
        if isinstance(node, yaml.SequenceNode):
            grown = (self._grow(child, f"{path}[{index}]") for index, child in enumerate(node.value))
            return Entry(path, line, tuple(grown))
        is_empty = node.tag == "tag:yaml.org,2002:null"
        return Entry(path, line, None if is_empty else str(node.value))

    def _grow_mapping(self, node: yaml.MappingNode, path: str) -> Mapping[str, Entry]:
        found: dict[str, Entry] = {}
        for key_node, value_node in node.value:
            name = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            child = f"{path}.{name}" if path else name
            line = key_node.start_mark.line + 1
            if name in found:
                self.faults.append(Fault(f"line {line}, {child}", "is written twice; keep one"))
            grown = self._grow(value_node, child)
            found[name] = Entry(grown.path, line, grown.value)
        return found


def _refusals(text: str) -> Iterator[Fault]:
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        yield Fault("line 1", f"the file is larger than {MOST_BYTES // 1024} kB; a survey is a page or two")
        return
    try:
        yield from _unwanted(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        yield Fault(f"line {line}", f"is not well-formed YAML: {error.problem or error.context}")
    except yaml.YAMLError:
        yield Fault("line 1", "holds a character that YAML does not allow; save the file as plain UTF-8")


def _unwanted(text: str) -> Iterator[Fault]:
    """Walk the file's events, which is flat, before anything that recurses touches it."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        place = f"line {_line_of(event)}"
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents == 2:
                    yield Fault(place, "a second document starts here; one file holds one")
            case yaml.CollectionStartEvent():
                depth += 1
                if depth == _DEEPEST:
                    # Reading on would cost time that grows with the square of the depth.
                    yield Fault(place, "is nested too deeply")
                    return
            case yaml.CollectionEndEvent():
                depth -= 1
            case yaml.AliasEvent():
                yield Fault(place, "aliases (*name) are not read; write the words out")
            case _:
                pass
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.AliasEvent):
            yield from _decorations(event, place)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _decorations(event: yaml.NodeEvent, place: str) -> Iterator[Fault]:
    if event.anchor is not None:
        yield Fault(place, "anchors (&name) are not read; write the words out")
    tag = getattr(event, "tag", None)
    if tag is not None:
        yield Fault(place, "tags (!name) are not read; write plain text")
