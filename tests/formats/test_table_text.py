"""Tables as text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.formats.table_text import Column, coloured, paragraph, shown_width, text_table

COLUMNS = [Column("reports", number=True, colour=166), Column("reading")]


def test_numbers_stand_to_the_right_and_words_to_the_left():
    """Columns are as wide as their widest cell, and no line ends in blanks."""
    lines = list(text_table(COLUMNS, [("7", "north"), ("1,200", "")], indent=2))

    assert lines == ["  reports  reading", "        7  north", "    1,200"]


def test_the_last_column_is_wrapped_to_the_screen():
    """Long words about a row go on below themselves; lines of their own keep their indent."""
    rows = [("7", "north and south and everybody else\n  because of this and of that and of more")]
    lines = list(text_table(COLUMNS, rows, width=33))

    assert lines == [
        "reports  reading",
        "      7  north and south and",
        "         everybody else",
        "           because of this and of",
        "           that and of more",
    ]


def test_without_a_screen_nothing_is_broken():
    """In a pipe a row keeps its own lines and no others."""
    assert list(text_table(COLUMNS, [("7", "a " * 100 + "\n  b")]))[1:] == [
        "      7  " + "a " * 99 + "a",
        "           b",
    ]


def test_colours_only_where_wanted():
    """A colour surrounds the cell and does not move its neighbours."""
    [head, row] = text_table(COLUMNS, [("7", "north")], colour=True)

    assert head.startswith("\x1b[38;5;166mreports\x1b[0m  reading")
    assert row == coloured("      7", 166) + "  north"


def test_without_titles_there_is_no_line_of_titles():
    """Rows of columns that need no name stand alone; no rows are no lines."""
    assert list(text_table([Column(""), Column("")], [("7", "north")])) == ["7  north"]
    assert list(text_table([Column(""), Column("")], [])) == []


def test_a_paragraph_is_broken_between_words_only():
    """Numbers and names stay whole, however narrow the screen; without a screen nothing is broken."""
    words = "12,345,678 reports of a-very-long-name-without-a-blank"

    assert list(paragraph(words, 10, indent=2, hang=2)) == [
        "  12,345,678 reports of", "    a-very-long-name-without-a-blank",
    ]  # fmt: skip
    assert list(paragraph(words, indent=2)) == [f"  {words}"]


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.text(st.characters(categories=["L", "M", "N"]), max_size=8), st.just("x")), min_size=1, max_size=4
    )
)
def test_columns_stay_below_each_other(rows):
    """Whatever script a cell is written in, the next column begins at the same place."""
    lines = list(text_table([Column("a"), Column("b")], rows))
    starts = {shown_width(line[: line.rindex("x")]) for line in lines[1:]}

    assert starts == {shown_width(lines[0][: lines[0].rindex("b")])}
