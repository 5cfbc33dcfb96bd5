"""One constant for each kind of finding.

The letter is the part that finds it: B file, S syntax, N names, T types, U units, K bands, D documents, M calculation,
R measured values, C examples, V printed figures, E waivers, G publication, P plugins, A commands.  A code of a plugin
begins with a small letter and has a hyphen before its number, so that no code here can ever be one: ``risiko-101``.
"""

from __future__ import annotations

import re

from sakip_rules.base.diagnostics import Code, Severity

_E, _W = Severity.ERROR, Severity.WARNING

# Files.
CANNOT_READ = Code("B101", _E)
WRONG_ENCODING = Code("B102", _E)
NOT_TEXT = Code("B103", _E)
FILE_TOO_LARGE = Code("B104", _E)
LINE_TOO_LONG = Code("B105", _E)
NO_RULE_FILES = Code("B106", _E)
NEWER_LANGUAGE = Code("B107", _E)
BAD_SETTINGS = Code("B108", _E)
UNKNOWN_LIBRARY = Code("B110", _E)
NO_READER = Code("B111", _E)

# Syntax.
STRAY_LINE = Code("S101", _E)
MISSING_BRACE = Code("S102", _E)
EXTRA_BRACE = Code("S103", _E)
UNCLOSED_TEXT = Code("S104", _E)
UNCLOSED_ROW = Code("S105", _E)
UNREADABLE_BLOCK = Code("S106", _E)
MARK_IN_TEXT = Code("S107", _E)
UNEXPECTED_SYMBOL = Code("S201", _E)
UNEXPECTED_END = Code("S202", _E)
COMMA_AS_SEPARATOR = Code("S203", _E)
TOO_COMPLEX = Code("S204", _E)

# Names.
UNDEFINED_NAME = Code("N101", _E)
DEFINED_TWICE = Code("N102", _E)
UNUSED_NAME = Code("N103", _W)
CYCLE = Code("N104", _E)
AMBIGUOUS_NAME = Code("N105", _E)
WRONG_KIND = Code("N106", _E)
UNDEFINED_FUNCTION = Code("N107", _E)
WRONG_ARGUMENT_COUNT = Code("N108", _E)

# Words and types.
UNKNOWN_KIND = Code("T101", _E)
UNKNOWN_KEY = Code("T102", _E)
UNKNOWN_COLUMN = Code("T103", _E)
MISPLACED_KIND = Code("T104", _E)
MISSING_KEY = Code("T105", _E)
MISSING_COLUMN = Code("T106", _E)
DOUBLE_KEY = Code("T107", _E)
DOUBLE_COLUMN = Code("T108", _E)
NO_TABLE_HERE = Code("T109", _E)
WRONG_CELL_COUNT = Code("T110", _E)
EMPTY_CELL = Code("T111", _E)
EMPTY_VALUE = Code("T112", _E)
MISSING_NAME = Code("T113", _E)
EMPTY_TABLE = Code("T114", _E)
INTERNATIONAL_NUMERAL = Code("T201", _E)
NOT_A_NUMBER = Code("T202", _E)
TOO_MANY_DIGITS = Code("T203", _E)
LONE_GROUP = Code("T204", _W)
NOT_A_DATE = Code("T205", _E)
NOT_A_CHOICE = Code("T206", _E)
NOT_A_NAME = Code("T207", _E)
NOT_A_YEAR = Code("T208", _E)
NOT_A_PERIOD = Code("T209", _E)
EMPTY_RANGE = Code("T211", _E)
NOT_A_ROUNDING = Code("T212", _E)
MIXED_UNITS_IN_RANGE = Code("T213", _E)
RULE_AND_TABLE = Code("T214", _E)
NO_RULE = Code("T215", _E)

# Units.
UNKNOWN_UNIT = Code("U101", _E)
UNIT_MISMATCH = Code("U102", _E)
FORGOTTEN_PERCENT = Code("U103", _E)
TIMES_HUNDRED = Code("U104", _E)
WRONG_RESULT_UNIT = Code("U105", _E)
TARGET_UNIT = Code("U106", _E)
POINTS_NOT_PERCENT = Code("U107", _E)

# Band tables.
BAND_UNIT = Code("K101", _E)

# Documents.
NO_AGREEMENT = Code("D201", _E)
NOT_DECIDED_YET = Code("D202", _E)
SAME_DAY = Code("D203", _E)
REVISION_REASON = Code("D204", _E)
REVISION_DATE = Code("D205", _E)
REVISED_AFTER_PERIOD = Code("D206", _E)
REVISES_OTHER_YEAR = Code("D207", _E)
REVISED_BEFORE = Code("D208", _E)
DROPS_NOTHING = Code("D209", _E)
NO_METHOD = Code("D210", _E)
VALIDITY_OVERLAPS = Code("D211", _E)
VALIDITY_GAP = Code("D212", _E)
TWO_ORIGINALS = Code("D213", _E)
YEAR_LEFT_OUT = Code("D214", _W)
UNKNOWN_PROGRAM = Code("D221", _E)
ALLOCATION_SUM = Code("D222", _E)
ALLOCATION_OBJECTIVE = Code("D223", _E)
TABLE_NUMBER_TWICE = Code("D224", _W)
COLUMN_NOT_OF_ROWS = Code("D225", _E)

SUPPORTS_LOWER = Code("D301", _E)
ACTIVITY_TWICE = Code("D302", _E)

# Calculation.
NO_FORMULA = Code("M101", _E)
DIVISION_BY_ZERO = Code("M102", _E)
VALUE_MISSING = Code("M103", _E)
OUTSIDE_BANDS = Code("M104", _E)
ZERO_TARGET = Code("M105", _E)
ROOT_NOT_ROUNDED = Code("M106", _E)
VALUE_TOO_LARGE = Code("M107", _E)
NOT_A_LABEL = Code("M108", _E)
WRONG_TARGET_FORM = Code("M109", _E)
NO_DIRECTION = Code("M110", _E)
NO_WEIGHT = Code("M111", _E)
NEGATIVE_ROOT = Code("M112", _E)
NO_QUARTER_TARGET = Code("M113", _E)
NO_BASELINE = Code("M114", _E)
NO_ACHIEVEMENT_STEP = Code("M115", _E)
AVERAGE_MISSING = Code("M116", _E)
WRONG_STEP_VALUE = Code("M117", _E)
NO_BRANCH = Code("M118", _E)
NOT_ONE_VALUE = Code("M119", _E)
INPUT_MISSING = Code("M120", _E)
NO_SUPPORTING_PROGRAM = Code("M121", _W)
NO_ALLOCATION = Code("M122", _W)
NOTHING_CONTINUED = Code("M123", _W)

# Measured values.
DATA_COLUMNS = Code("R101", _E)
DATA_UNKNOWN_NAME = Code("R102", _E)
DATA_TWICE = Code("R103", _E)
DATA_NUMBER = Code("R104", _E)
DATA_DECIMAL_MARK = Code("R105", _E)
DATA_MIXED_MARKS = Code("R106", _E)
DATA_UNIT = Code("R107", _E)
DATA_STATUS = Code("R108", _E)
DATA_PERIOD = Code("R109", _E)
DATA_YEAR = Code("R110", _E)
DATA_CELL_COUNT = Code("R111", _E)
DATA_OUT_OF_RANGE = Code("R112", _E)
DATA_VALUE_AND_STATUS = Code("R113", _E)
DATA_DISAGREES = Code("R114", _E)
DATA_QUARTERS_DISAGREE = Code("R115", _E)
DATA_TOML = Code("R116", _E)
DATA_QUARTER_MISSING = Code("R117", _E)
DATA_EMPTY = Code("R118", _W)
DATA_BUDGET_DIFFERS = Code("R119", _W)

# Examples.
EXAMPLE_FAILS = Code("C101", _E)
EXAMPLE_INPUT = Code("C102", _E)
EXAMPLE_NOT_POSSIBLE = Code("C103", _E)
EXAMPLE_INPUT_MISSING = Code("C104", _E)

# Figures as printed.
PRINTED_ACHIEVEMENT = Code("V101", _W)
PRINTED_CATEGORY = Code("V102", _W)
PRINTED_TARGET = Code("V103", _W)
PRINTED_REALIZATION = Code("V104", _W)
PRINTED_AVERAGE = Code("V105", _W)
PRINTED_FIGURE = Code("V106", _W)
PRINTED_ROW = Code("V107", _W)
COLUMN_TOO_NARROW = Code("V108", _W)

# Waivers.
WAIVER_EXPIRED = Code("E101", _W)
WAIVER_UNUSED = Code("E102", _W)
WAIVER_FORBIDDEN = Code("E103", _E)
WAIVER_UNKNOWN_CODE = Code("E104", _E)
WAIVER_TOO_BROAD = Code("E105", _E)

# Publication.
NOT_PUBLISHED = Code("G101", _E)
OUTPUT_TWICE = Code("G102", _E)
BUNDLE_EXISTS = Code("G103", _E)
RECEIPT_DAMAGED = Code("G104", _E)
OUTPUT_DIFFERS = Code("G105", _E)
INPUT_DIFFERS = Code("G106", _E)
PROGRAM_DIFFERS = Code("G107", _E)
RESULT_DIFFERS = Code("G108", _E)
NOT_MADE_AGAIN = Code("G109", _E)

# Plugins.
PLUGIN_API = Code("P101", _E)
PLUGIN_BROKEN = Code("P102", _E)
PLUGIN_HOOK = Code("P103", _E)
PLUGIN_UNKNOWN_HOOK = Code("P104", _E)
PLUGIN_FAILED = Code("P105", _E)
PLUGIN_NONSENSE = Code("P106", _E)
PLUGIN_OTHER_YEAR = Code("P107", _E)
PLUGIN_TOUCHES = Code("P108", _E)
PLUGIN_MOVES = Code("P109", _E)
PLUGIN_MOVES_OTHERS = Code("P110", _E)
PLUGIN_FOLDER = Code("P111", _E)
PLUGIN_UNMARKED = Code("P121", _E)
PLUGIN_TAKEN = Code("P122", _E)
PLUGIN_WORDS = Code("P123", _E)
PLUGIN_CODE_SHAPE = Code("P124", _E)
PLUGIN_UNDECLARED = Code("P125", _E)
PLUGIN_PART_FAILED = Code("P126", _E)
PLUGIN_PART_NONSENSE = Code("P127", _E)
PLUGIN_KIND = Code("P128", _E)

# Commands.
NOT_FOUND = Code("A101", _E)
NO_YEAR = Code("A102", _E)
FOLDER_EXISTS = Code("A103", _E)
BAD_FOLDER_NAME = Code("A104", _E)
BAD_COMMAND = Code("A105", _E)
NOT_FORMATTED = Code("A106", _E)
AMBIGUOUS_REQUEST = Code("A107", _E)
CANNOT_WRITE = Code("A108", _E)
INTERNAL_FAULT = Code("A109", _E)
NO_REPORT = Code("A110", _E)
NOT_MENDED = Code("A111", _E)
NOT_IN_TREE = Code("A121", _E)
NO_GRAPHVIZ = Code("A122", _E)
GRAPHVIZ_FAILED = Code("A123", _E)

#: The shape of the codes of plugins.
PLUGIN_SHAPE = re.compile(r"[a-z][a-z0-9_]*-\d{3}")

# Comparisons.
COMPARED_AMBIGUOUS = Code("A131", _E)
COMPARED_UNKNOWN = Code("A132", _E)
COMPARED_UNLIKE = Code("A133", _E)
COMPARED_ALONE = Code("A139", _E)
COMPARED_APART = Code("A140", _E)
NO_GIT = Code("A134", _E)
NO_REPOSITORY = Code("A135", _E)
UNKNOWN_REVISION = Code("A136", _E)
SHALLOW_CLONE = Code("A137", _E)
NOT_IN_REVISION = Code("A138", _E)

ALL: tuple[Code, ...] = tuple(value for value in vars().copy().values() if isinstance(value, Code))
