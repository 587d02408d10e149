"""An expression of a form becomes a condition or a value; what cannot become one is said."""

from wherewithal.core.questions import (
    CHOOSING,
    LISTING,
    WRITING,
    AnswerTo,
    Compared,
    Condition,
    Every,
    Given,
    If,
    Question,
    SizeOf,
    Some,
    Unless,
    Value,
    Worked,
    holds,
)
from wherewithal.formats.xlsform.expression import Call, Lit, Name, Op, Ref, Tree, parse
from wherewithal.formats.xlsform.limits import given_limit
from wherewithal.formats.xlsform.names import Around
from wherewithal.formats.xlsform.remark import NotCarried

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_SUMS = {"+": "plus", "-": "minus", "*": "times", "div": "over", "mod": "remainder"}


def condition(expression: str, around: Around) -> Condition | bool:
    """The condition that an expression makes; True or False where it always comes to that.

    Raises NotCarried.
    """
    return _condition(parse(expression), around)


def value(expression: str, around: Around) -> Value:
    """The value that an expression calculates. Raises NotCarried."""
    return _value(parse(expression), around)


def of_tree(tree: Tree, around: Around) -> Condition | bool:
    """As ``condition``, of an expression that was read. Raises NotCarried."""
    return _condition(tree, around)


def _condition(tree: Tree, around: Around) -> Condition | bool:
    match tree:
        case Op("and" | "or" as op, trees):
            return _joined(op, [_condition(part, around) for part in trees])
        case Op("=" | "!=" | "<" | "<=" | ">" | ">=" as op, (left, right)):
            return _comparison(op, left, right, around)
        case Call("not", (only,)):
            return _not(_condition(only, around))
        case Call("boolean", (only,)):
            return _condition(only, around)
        case Call("true", ()):
            return True
        case Call("false", ()):
            return False
        case Call("selected", (Ref(name), chosen)):
            return _selected(around.question(name), _plain(chosen, around), name or "it")
        case Lit(int() | float() as number):
            return number != 0
        case Call(name):
            raise NotCarried(f"{name}(...) is no condition that can be carried")
        case Ref(name):
            raise NotCarried(f"“${{{name}}}” alone is no condition; say what the answer must be")
    raise NotCarried("it is no condition")


def _joined(op: str, parts: list[Condition | bool]) -> Condition | bool:
    """Parts that are always so are folded away; parts about one question are drawn together."""
    ends = op == "or"  # what settles the whole
    if ends in parts:
        return ends
    left = [part for part in parts if not isinstance(part, bool)]
    if len(left) < 2:
        return left[0] if left else not ends
    if op == "or":
        return _one_of(left) or Some(tuple(left))
    return _between(left) or Every(tuple(left))


def _one_of(parts: list[Condition]) -> Given | None:
    """``a = 1 or a = 2``: one of two."""
    first = parts[0]
    if not all(isinstance(one, Given) and len(one.among) == 1 for one in parts):
        return None
    assert isinstance(first, Given)
    given = [one for one in parts if isinstance(one, Given) and one.question == first.question]
    values = tuple(one.among[0] for one in given)
    same = len(given) == len(parts) and len(set(values)) == len(values)
    return Given(first.question, values) if same else None


def _between(parts: list[Condition]) -> Given | None:
    """``n >= 1 and n <= 5``: between two limits."""
    match parts:
        case [
            Given(question, (), at_least, None),
            Given(same, (), None, at_most),
        ] if question == same and at_least is not None and at_most is not None:
            return Given(question, at_least=at_least, at_most=at_most)
    return None


def _not(part: Condition | bool) -> Condition | bool:
    return not part if isinstance(part, bool) else Unless(part)


def _selected(question: Question | None, chosen: str, name: str) -> Condition | bool:
    if question is None:
        return False
    if question.kind not in CHOOSING:
        raise NotCarried(f"“{name}” is no question with choices, so nothing can be selected")
    return Given(question.id, (chosen,)) if chosen in question.choice else False


def _comparison(op: str, left: Tree, right: Tree, around: Around) -> Condition | bool:
    left, right = _settled(left, around), _settled(right, around)
    if isinstance(left, Lit) and isinstance(right, Lit):
        return _fact(op, left.value, right.value)
    if isinstance(right, Ref) and not isinstance(left, Ref):
        left, op, right = right, TURNED[op], left
    if isinstance(left, Ref):
        question = around.question(left.name)
        assert question is not None  # one that is never asked was settled as no answer
        found = _with_answer(op, question, right)
        if found is not None:
            return found
    return _compared(op, _value(left, around), _value(right, around))


def _settled(tree: Tree, around: Around) -> Tree:
    """A column of a choice, a date and a question that is never asked are what they come to."""
    match tree:
        case Name(name):
            return Lit(around.column(name))
        case Ref(name) if around.question(name) is None:
            return Lit("")
        case Call("string" | "number", (only,)):
            return _settled(only, around)
    return tree


def _fact(op: str, left: str | int | float, right: str | int | float) -> bool:
    found = _compared(op, left, right)
    return found if isinstance(found, bool) else holds(found, {})


def _with_answer(op: str, question: Question, right: Tree) -> Condition | bool | None:
    """A comparison of an answer with what is written; None where it is left to the values."""
    if right == Lit("") and op in ("=", "!="):
        return _not(Given(question.id)) if op == "=" else Given(question.id)
    if op == "!=":
        equal = _with_answer("=", question, right)
        return None if equal is None else _not(equal)
    if question.kind in CHOOSING:
        if op != "=" or question.kind in LISTING or not isinstance(right, Lit):
            return None
        return _chosen(question, right.value)
    if question.kind in (*WRITING, "calculated", "file"):
        return None
    return given_limit(op, question, right)


def _chosen(question: Question, wanted: str | int | float) -> Condition | bool | None:
    if isinstance(wanted, str):
        return Given(question.id, (wanted,)) if wanted in question.choice else False
    return Given(question.id, (str(wanted),)) if str(wanted) in question.choice else None


def _compared(op: str, left: Value, right: Value) -> Condition:
    match op:
        case "=":
            return Compared(left, "is", right)
        case "!=":
            return Unless(Compared(left, "is", right))
        case "<":
            return Compared(left, "less", right)
        case "<=":
            return Compared(left, "at_most", right)
        case ">":
            return Compared(right, "less", left)
    return Compared(right, "at_most", left)


def _value(tree: Tree, around: Around) -> Value:
    tree = _settled(tree, around)
    match tree:
        case Lit(value):
            return value
        case Ref(name):
            question = around.question(name)
            assert question is not None
            if question.kind == "file":
                raise NotCarried(f"“{name}” is a file, of which only whether it was given is known")
            if question.kind == "money":
                raise NotCarried(f"“{name}” is an amount of money, which is counted in pence")
            return AnswerTo(question.id)
        case Call("round", (Op("*", (Ref(name), Lit(100))),)) if _is_money(around, name):
            return AnswerTo(_id(around, name))
        case Call("count-selected", (Ref(name),)):
            return _size(around.question(name), LISTING, "choices that are counted")
        case Call("string-length", (Ref(name),)):
            return _size(around.question(name), WRITING, "text whose length is told")
        case Call("if", (when, then, otherwise)):
            decided = _condition(when, around)
            if isinstance(decided, bool):
                return _value(then if decided else otherwise, around)
            return If(decided, _value(then, around), _value(otherwise, around))
        case Call("coalesce", (Ref(name) as first, second)) if around.question(name) is not None:
            return If(Given(_id(around, name)), _value(first, around), _value(second, around))
        case Op(op, parts) if op in _SUMS:
            return Worked(_SUMS[op], tuple(_value(part, around) for part in parts))  # type: ignore[arg-type]
        case Call(name):
            raise NotCarried(f"{name}(...) is not worked out here")
    raise NotCarried("it is no value that can be worked out")


def _size(question: Question | None, kinds: tuple[str, ...], what: str) -> Value:
    if question is None:
        return 0
    if question.kind not in kinds:
        raise NotCarried(f"“{question.id}” has no {what}")
    return SizeOf(question.id)


def _is_money(around: Around, name: str) -> bool:
    question = around.question(name)
    return question is not None and question.kind == "money"


def _id(around: Around, name: str) -> str:
    question = around.question(name)
    assert question is not None
    return question.id


def _plain(tree: Tree, around: Around) -> str:
    """What is written, as text. Raises NotCarried for what is only known from an answer."""
    tree = _settled(tree, around)
    if isinstance(tree, Lit):
        return str(tree.value)
    raise NotCarried("what must be selected is only known from another answer")
