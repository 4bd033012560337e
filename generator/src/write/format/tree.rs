//! The layout tree: expressions, statements and types as the printer wants them, with the columns that each takes on one line.
//!
//! A width is known once, when a node is made: it is a sum of its parts' widths, or [`BROKEN`] where rustfmt doesn't put such a node
//! on one line wherever it stands.

/// The width of what is never on one line.
pub(super) const BROKEN: usize = usize::MAX;

/// Columns of the arguments of a call that stay on one line, of the items of an array, and of a chain with several steps.
pub(super) const CALL: usize = 60;

/// Columns of the fields of a struct literal that stays on one line.
const LITERAL: usize = 18;

/// Columns of an `if` with its `else` that stays on one line.
const CHOICE: usize = 50;

/// Columns of a text: letters of East Asian scripts take two.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    unicode_width::UnicodeWidthStr::width(text)
}

/// The sum of widths, one of which may be [`BROKEN`].
pub(super) fn sum(widths: impl IntoIterator<Item = usize>) -> usize {
    widths.into_iter().fold(0, usize::saturating_add)
}

/// The width of parts with `, ` between them.
pub(super) fn joined(widths: impl ExactSizeIterator<Item = usize>) -> usize {
    let separators = widths.len().saturating_sub(1) * 2;
    sum(widths).saturating_add(separators)
}

/// An expression.
#[derive(Debug)]
pub(super) struct Expr {
    pub width: usize,
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum ExprKind {
    /// What isn't broken: a path, a literal, anything the parser doesn't know.
    Text(String),
    /// `&value`
    Prefix(String, Box<Expr>),
    /// `value as i64`
    Suffix(Box<Expr>, String),
    /// `parent.step()?.step()`
    Chain(Chain),
    /// `callee(arguments)`
    Call(String, Vec<Expr>),
    /// `[items]`
    Array(Vec<Expr>),
    /// `(items)`
    Tuple(Vec<Expr>),
    /// `Name { fields }`
    Struct(String, Vec<Field>),
    /// `async { statements }`
    Block(String, Block),
    /// `if condition { … } else if condition { … } else { … }`
    If(Vec<(Head, Block)>, Option<Block>),
    /// `match value { arms }`
    Match(Box<Expr>, Vec<Arm>),
    /// `for item in items { … }`
    Loop(Box<Head>, Block),
    /// `|argument| body`
    Closure(String, Box<Expr>),
    /// `left += right`
    Assign(Box<Expr>, String, Box<Expr>),
}

/// What stands before a block: `let Some(value) =` or nothing, and an expression.
#[derive(Debug)]
pub(super) struct Head {
    pub text: String,
    pub value: Expr,
}

impl Head {
    pub(super) fn width(&self) -> usize {
        let text = width(&self.text);
        sum([text, usize::from(text > 0), self.value.width])
    }
}

/// A chain of calls, with the `?`s behind its parent.
#[derive(Debug)]
pub(super) struct Chain {
    pub parent: Box<Expr>,
    pub tries: usize,
    pub steps: Vec<Step>,
}

/// `.name(arguments)?`
#[derive(Debug)]
pub(super) struct Step {
    pub name: String,
    pub arguments: Option<Vec<Expr>>,
    pub tries: usize,
    pub width: usize,
}

/// A field of a struct literal, of which a name may be all; or what stands in its place.
#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    pub value: Option<Expr>,
}

impl Field {
    pub(super) fn width(&self) -> usize {
        let value = self.value.as_ref().map(|value| value.width);
        width(&self.name).saturating_add(value.map_or(0, |value| value.saturating_add(2)))
    }
}

/// `#[cfg(…)] pattern if guard => body`
#[derive(Debug)]
pub(super) struct Arm {
    pub attributes: Vec<String>,
    /// The alternatives of the pattern.
    pub patterns: Vec<String>,
    pub guard: Option<Expr>,
    pub body: Expr,
}

/// `{ statements }`
#[derive(Debug, Default)]
pub(super) struct Block {
    pub statements: Vec<Statement>,
}

impl Block {
    /// The only expression of a block that has nothing else.
    pub(super) fn only(&self) -> Option<&Expr> {
        match &self.statements[..] {
            [
                Statement {
                    attributes,
                    kind: StatementKind::Expr(value, false),
                },
            ] if attributes.is_empty() => Some(value),
            _ => None,
        }
    }
}

/// A statement with its attributes.
#[derive(Debug)]
pub(super) struct Statement {
    pub attributes: Vec<String>,
    pub kind: StatementKind,
}

/// What a statement is.
#[derive(Debug)]
pub(super) enum StatementKind {
    /// `let name: Type = value;`: what stands before the value, without ` =`.
    Let(String, Option<Type>, Option<Expr>),
    /// `static NAME: Type = value;`, which doesn't mind what is too long for a line.
    Static(String, Type, Expr),
    /// An expression, and whether a `;` stands behind it.
    Expr(Expr, bool),
}

/// A type.
#[derive(Debug)]
pub(super) struct Type {
    pub width: usize,
    pub kind: TypeKind,
}

/// What a type is.
#[derive(Debug)]
pub(super) enum TypeKind {
    /// What isn't broken.
    Text(String),
    /// `Vec<T>`
    Generic(String, Vec<Type>),
    /// `(A, B)`
    Tuple(Vec<Type>),
    /// `&T`, `Output = T`
    Prefix(String, Box<Type>),
    /// `impl A + B`, or `A + B` alone
    Bounds(&'static str, Vec<Type>),
}

/// How many more bytes than columns a text has.
pub(super) fn excess(text: &str) -> usize {
    text.len().saturating_sub(width(text))
}

impl Type {
    /// How many more bytes than columns it has on one line.
    pub(super) fn excess(&self) -> usize {
        match &self.kind {
            TypeKind::Text(text) => excess(text),
            TypeKind::Generic(name, types) => {
                excess(name) + types.iter().map(Self::excess).sum::<usize>()
            }
            TypeKind::Tuple(types) | TypeKind::Bounds(_, types) => {
                types.iter().map(Self::excess).sum()
            }
            TypeKind::Prefix(_, ty) => ty.excess(),
        }
    }

    pub(super) fn new(kind: TypeKind) -> Self {
        let width = match &kind {
            TypeKind::Text(text) => width(text),
            TypeKind::Generic(name, types) => {
                sum([width(name), 2, joined(types.iter().map(|ty| ty.width))])
            }
            TypeKind::Tuple(types) => {
                let comma = usize::from(types.len() == 1);
                sum([2 + comma, joined(types.iter().map(|ty| ty.width))])
            }
            TypeKind::Prefix(prefix, ty) => sum([width(prefix), ty.width]),
            TypeKind::Bounds(keyword, bounds) => {
                let plus = bounds.len().saturating_sub(1) * 3;
                sum([keyword.len(), plus]
                    .into_iter()
                    .chain(bounds.iter().map(|ty| ty.width)))
            }
        };
        Self { width, kind }
    }
}

impl Expr {
    pub(super) fn new(kind: ExprKind) -> Self {
        Self {
            width: kind.width(),
            kind,
        }
    }

    /// Whether this is a call of a function, or a reference to its result.
    pub(super) fn is_nested_call(&self) -> bool {
        match &self.kind {
            ExprKind::Call(..) => true,
            ExprKind::Chain(chain) => chain.steps.is_empty() && chain.parent.is_nested_call(),
            ExprKind::Prefix(_, value) | ExprKind::Suffix(value, _) => value.is_nested_call(),
            _ => false,
        }
    }
}

impl ExprKind {
    fn width(&self) -> usize {
        match self {
            Self::Text(text) => width(text),
            Self::Prefix(prefix, value) => sum([width(prefix), value.width]),
            Self::Suffix(value, suffix) => sum([value.width, width(suffix)]),
            Self::Chain(chain) => chain.width(),
            Self::Call(callee, arguments) => sum([width(callee), list_width(arguments)]),
            Self::Tuple(items) if items.len() == 1 => sum([3, items[0].width]),
            Self::Array(items) | Self::Tuple(items) => list_width(items),
            Self::Struct(name, fields) if fields.is_empty() => width(name) + 3,
            Self::Struct(name, fields) => match joined(fields.iter().map(Field::width)) {
                fields if fields <= LITERAL => width(name) + fields + 5,
                _ => BROKEN,
            },
            Self::Block(prefix, block) => block_width(prefix, block),
            Self::If(branches, otherwise) => choice_width(branches, otherwise.as_ref()),
            Self::Match(..) | Self::Loop(..) => BROKEN,
            Self::Closure(head, body) => sum([width(head), 1, body.width]),
            Self::Assign(left, operator, right) => {
                sum([left.width, width(operator) + 2, right.width])
            }
        }
    }
}

impl Chain {
    fn width(&self) -> usize {
        let steps = self.steps.iter().map(|step| step.width);
        let width = sum([self.parent.width, self.tries].into_iter().chain(steps));
        // A short parent takes its first step with it, and what is left of the chain may be nothing.
        let twice = self.steps.last().map_or(0, |step| step.tries);
        let is_long = self.steps.len() > 1 && width.saturating_add(twice) > CALL;
        if is_long { BROKEN } else { width }
    }
}

/// Items in brackets: one takes as much of a line as there is, unless that is a call, whose own arguments may be broken.
fn list_width(items: &[Expr]) -> usize {
    let width = joined(items.iter().map(|item| item.width));
    let may_be_long = matches!(items, [only] if !only.is_nested_call());
    if width > CALL && !may_be_long {
        return BROKEN;
    }
    sum([width, 2])
}

impl Step {
    pub(super) fn new(name: String, arguments: Option<Vec<Expr>>) -> Self {
        let list = arguments.as_deref().map_or(0, list_width);
        Self {
            width: sum([width(&name), list]),
            name,
            arguments,
            tries: 0,
        }
    }
}

fn block_width(prefix: &str, block: &Block) -> usize {
    match block.only() {
        Some(value) if !prefix.is_empty() => sum([prefix.len() + 4, value.width]),
        _ if block.statements.is_empty() => prefix.len() + 2,
        _ => BROKEN,
    }
}

fn choice_width(branches: &[(Head, Block)], otherwise: Option<&Block>) -> usize {
    let ([(head, then)], Some(otherwise)) = (branches, otherwise) else {
        return BROKEN;
    };
    let (Some(then), Some(otherwise)) = (then.only(), otherwise.only()) else {
        return BROKEN;
    };
    let parts = [head.width(), then.width, otherwise.width];
    match sum(parts).saturating_add("if  {  } else {  }".len()) {
        width if width <= CHOICE => width,
        _ => BROKEN,
    }
}
