"""A constraint becomes a question's check, and what it must be beside the others."""

from dataclasses import replace

from wherewithal.core.questions import WRITING, Check, Condition, Every, Question
from wherewithal.core.questions.checking import PATTERNS
from wherewithal.formats.xlsform.conditions import TURNED, of_tree
from wherewithal.formats.xlsform.expression import Call, Lit, Op, Ref, Tree, parse
from wherewithal.formats.xlsform.limits import limit
from wherewithal.formats.xlsform.names import Around
from wherewithal.formats.xlsform.remark import NotCarried

_LEAST = (">", ">=")
_LIMITED = ("whole_number", "decimal", "money", "date", "several")


def pattern_text(name: str) -> str:
    """The regular expression that stands for a named pattern in a form."""
    return f"^({PATTERNS[name][0].pattern})$"


def with_constraint(question: Question, name: str, expression: str, around: Around) -> Question:
    """The question with what its constraint says; ``name`` is its name in the form. Raises NotCarried."""
    check, others = question.check, list[Condition]()
    tree = parse(expression)
    for part in tree.parts if isinstance(tree, Op) and tree.op == "and" else (tree,):
        absorbed = _absorbed(check, question, name, part)
        if absorbed is not None:
            check = absorbed
            continue
        found = of_tree(part, around)
        if not isinstance(found, bool):
            others.append(found)
        elif not found:
            raise NotCarried("no answer could ever meet it")
    must = others[0] if len(others) == 1 else Every(tuple(others)) if others else None
    return replace(question, check=check, must=must)


def _absorbed(check: Check, question: Question, name: str, part: Tree) -> Check | None:
    """The check with a limit that was not set before; None where the part is no plain limit of the answer."""
    match part:
        case Call("regex", (Ref(own), Lit(str(shape)))) if own in ("", name) and question.kind in WRITING:
            named = next((one for one in PATTERNS if pattern_text(one) == shape), None)
            return replace(check, pattern=named) if named and not check.pattern else None
        case Op("<" | "<=" | ">" | ">=" as op, (left, right)):
            turned = isinstance(left, Lit)
            return _limited(check, question, name, (right, TURNED[op], left) if turned else (left, op, right))
    return None


def _limited(check: Check, question: Question, name: str, part: tuple[Tree, str, Tree]) -> Check | None:
    measured, op, written = part
    match measured:
        case Call("string-length", (Ref(own),)) if own in ("", name) and question.kind in WRITING:
            longest = limit(op, "whole_number", written) if op in ("<", "<=") else None
            if check.longest is None and isinstance(longest, int) and longest > 0:
                return replace(check, longest=longest)
            return None
        case Call("count-selected", (Ref(own),)) if own in ("", name) and question.kind == "several":
            found = limit(op, "whole_number", written)
        case Ref(own) if own in ("", name) and question.kind in _LIMITED and question.kind != "several":
            if not isinstance(written, Lit | Call):
                return None
            found = limit(op, question.kind, written)
        case _:
            return None
    if found is None or (check.least if op in _LEAST else check.most) is not None:
        return None
    held = replace(check, least=found) if op in _LEAST else replace(check, most=found)
    return held if _in_order(held) else None


def _in_order(check: Check) -> bool:
    return check.least is None or check.most is None or check.least <= check.most  # type: ignore[operator]
