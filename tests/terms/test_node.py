"""The tree of a file: places, paths with dots in their keys, and copies that leave the original alone."""

from truceline.terms.node import Node, Quoted


def tree():
    """Build ``{a: {b.c: x, b: [y, "z"]}, names: [north, south]}`` with places."""
    inner = Node(
        {"b.c": Node("x", 1, 12), "b": Node((Node("y", 1, 19), Node("z", 1, 22, quoted=True)), 1, 18)},
        1,
        5,
        keys={"b.c": (1, 6), "b": (1, 15)},
    )
    names = Node((Node("north", 2, 9), Node("south", 2, 16)), 2, 8)
    return Node({"a": inner, "names": names}, 1, 1, keys={"a": (1, 1), "names": (2, 1)})


def test_paths_follow_the_keys_that_exist():
    """The longest key that exists goes first; where none does, every dot splits."""
    assert tree().steps("a.b.c") == ("a", "b.c")
    assert tree().steps("a.b.1") == ("a", "b", 1)
    assert tree().steps("a.x.y") == ("a", "x", "y")
    assert tree().steps("") == ()


def test_a_path_finds_its_value_or_nothing():
    """Values, list items and names in lists are found; beyond the end there is nothing."""
    assert tree().find("a.b.0").value == "y"
    assert tree().find("names.south").place == (2, 16)
    assert tree().find("a.b.5") is None
    assert tree().find("a.b.c.d") is None
    assert tree().find("a.x.y") is None


def test_the_nearest_place_is_that_of_the_deepest_part():
    """A fault about something missing points at its parent; a fault about a key at the key."""
    assert tree().nearest(("a", "q")) == (1, 5)
    assert tree().nearest(("a", "b.c")) == (1, 12)
    assert tree().nearest(("a", "b.c"), key=True) == (1, 6)
    assert tree().nearest(("names", "north"), key=True) == (2, 9)


def test_plain_values_remember_their_quotes():
    """A quoted scalar is text even where it looks like a number."""
    plain = tree().plain()

    assert plain == {"a": {"b.c": "x", "b": ["y", "z"]}, "names": ["north", "south"]}
    assert [isinstance(item, Quoted) for item in plain["a"]["b"]] == [False, True]


def test_setting_an_entry_leaves_the_tree_alone():
    """Trees are values."""
    before = tree()
    after = before.with_entry("new", Node("v", 3, 6), (3, 1))

    assert before.find("new") is None
    assert after.find("new").value == "v"
    assert after.nearest(("new",), key=True) == (3, 1)


def test_a_walk_meets_every_node_once():
    """Parents come first, with the path to each."""
    paths = [steps for steps, _ in tree().walk()]

    below = [("a", "b.c"), ("a", "b"), ("a", "b", 0), ("a", "b", 1)]

    assert paths == [(), ("a",), *below, ("names",), ("names", 0), ("names", 1)]
