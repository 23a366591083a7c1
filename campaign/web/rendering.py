"""Dựng trang: Jinja, with the three things it does some thousand times a page made short.

A template means what it means to Jinja itself; `tests/web/test_rendering.py` holds the two side by
side.
"""

from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro, markup_join
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]  # the C of `escape`, which gives plain text

_TEXTS = frozenset({str, int})
_PLAIN = frozenset({BuiltinFunctionType, FunctionType, MethodType})
"""What is called as it stands, unless it asks for Jinja's context."""


def written(value: object) -> str:
    """Ghi ra trang: `value` as `escape` writes it, without the wrapping that joining the page takes
    off again.
    """
    if type(value) is str:
        return escape_text(value)
    if type(value) is int:
        return str(value)
    return value if type(value) is Markup else escape(value)


def joined(parts: tuple[object, ...]) -> str:
    """Nối chữ (`~`): plain strings and whole numbers at once; anything else as Jinja joins it,
    which escapes beside markup.
    """
    return "".join(map(str, parts)) if _TEXTS.issuperset(map(type, parts)) else markup_join(parts)


class PageGenerator(CodeGenerator):
    """Bộ dịch khuôn: puts `written` and `joined` where Jinja has its own, joins each block at once,
    and calls without copies
    of the loop's names.
    """

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("written(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """One line of code; a block hands its text up whole, not piece by piece through every
        layout above it.
        """
        if x.startswith("yield from context.blocks["):
            x = f"yield concat({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """`a ~ b`."""
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile:
            super().visit_Concat(node, frame)
            return
        self.write("joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """`import`: a component takes its arguments, never the globals of the page, so one module
        of it serves all pages.
        """
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}).module")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - Jinja's
        """`a(b)`; no function of ours asks for the variables of a loop, so none are handed over."""
        self.write("context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class PageContext(Context):
    """Ngữ cảnh: what a template sees."""

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """Gọi `called`: macros and plain functions straight away, whatever is out of the ordinary
        as Jinja does.
        """
        kind = type(called)
        if kind is Macro:
            return called(self.eval_ctx, *args, **named)
        if kind in _PLAIN and not hasattr(called, "jinja_pass_arg"):
            return called(*args, **named)
        return super().call(called, *args, **named)


class PageTemplate(Template):
    """Khuôn trang: lets go of all it was given as soon as the page is written; a page that has
    macros of its own would else
    hold its rows until the collector comes by.
    """

    def render(self, *args: Any, **named: Any) -> str:
        """The page, as Jinja writes it."""
        context = self.new_context(dict(*args, **named))
        try:
            return self.environment.concat(self.root_render_func(context))
        except Exception:  # noqa: BLE001 - Jinja raises it again, with the line of the template
            self.environment.handle_exception()
        finally:
            context.vars.clear()
            context.parent.clear()


class PageEnvironment(Environment):
    """Môi trường khuôn của ứng dụng."""

    code_generator_class = PageGenerator
    context_class = PageContext
    template_class = PageTemplate

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's
    ) -> str:
        """The code of a template; ours is named on its first line, so that the lines of an error
        still agree.
        """
        return (
            f"from {__name__} import joined, written; "
            f"{super()._generate(source, name, filename, defer_init)}"
        )
