//! JMESPath expressions, checked against the shapes that they walk.

use super::graph::{Graph, Node};
use crate::Error;
use crate::ir::{Comparison, Expr, Path};
use crate::parse::Kind;
use jmespath::ast::{Ast, Comparator};
use serde_json::Value;

/// Longer text is no path that a person wrote, and could nest without end.
const LENGTH: usize = 1_000;

/// The functions of JMESPath, without those that take an expression.
const FUNCTIONS: [&str; 22] = [
    "abs",
    "avg",
    "ceil",
    "contains",
    "ends_with",
    "floor",
    "join",
    "keys",
    "length",
    "max",
    "merge",
    "min",
    "not_null",
    "reverse",
    "sort",
    "starts_with",
    "sum",
    "to_array",
    "to_number",
    "to_string",
    "type",
    "values",
];

/// What an expression gives, as far as it is known before there are values.
#[derive(Clone, PartialEq)]
pub(super) enum Type<'a> {
    /// A value of the shape with this id.
    Shape(&'a str),
    /// A list of such values.
    List(Box<Type<'a>>),
    /// What was sent and answered: input and output.
    Call(Box<Type<'a>>, Box<Type<'a>>),
    /// Anything: the unit type has no members at all, a document may have any.
    Any,
    /// A number, text or flag, or no value.
    Scalar,
}

/// An expression and what it gives.
#[derive(Clone)]
struct Typed<'a> {
    expr: Expr,
    ty: Type<'a>,
}

/// A path into a structure.
pub(super) fn of_structure<'a>(graph: Graph<'a>, what: &str, id: &'a str, text: &str) -> Result<Path, Error> {
    resolve(graph, what, Type::Shape(id), text)
}

/// A path into an input and output.
pub(super) fn of_call<'a>(graph: Graph<'a>, what: &str, ids: (&'a str, &'a str), text: &str) -> Result<Path, Error> {
    let ty = Type::Call(Box::new(Type::Shape(ids.0)), Box::new(Type::Shape(ids.1)));
    resolve(graph, what, ty, text)
}

fn resolve<'a>(graph: Graph<'a>, what: &str, root: Type<'a>, text: &str) -> Result<Path, Error> {
    let resolver = Resolver { graph, what, text };
    if text.len() > LENGTH {
        return Err(resolver.error(format!("is longer than {LENGTH} bytes")));
    }
    let ast = jmespath::parse(text).map_err(|error| {
        let reason = error.reason.to_string();
        resolver.error(format!("is not JMESPath: {} at column {}", reason.trim(), error.column + 1))
    })?;
    let typed = resolver.resolve(&ast, Typed { expr: Expr::Current, ty: root })?;
    Ok(Path { text: text.into(), expr: typed.expr })
}

struct Resolver<'a, 'b> {
    graph: Graph<'a>,
    what: &'b str,
    text: &'b str,
}

impl<'a> Resolver<'a, '_> {
    fn error(&self, problem: String) -> Error {
        Error::path(self.what, self.text, &problem)
    }

    /// What the expression gives when it is applied to `base`.
    fn resolve(&self, ast: &Ast, base: Typed<'a>) -> Result<Typed<'a>, Error> {
        let boxed = |typed: Typed<'a>| Box::new(typed.expr);
        match ast {
            Ast::Identity { .. } => Ok(base),
            Ast::Field { name, .. } => self.field(base, name),
            Ast::Subexpr { lhs, rhs, .. } => self.resolve(rhs, self.resolve(lhs, base)?),
            Ast::Index { idx, .. } => {
                let ty = self.item(&base.ty)?;
                Ok(Typed { ty, expr: Expr::Index { of: boxed(base), index: *idx } })
            }
            Ast::Slice { start, stop, step, .. } => {
                let ty = Type::List(Box::new(self.item(&base.ty)?));
                let (of, start, stop, step) = (boxed(base), *start, *stop, *step);
                Ok(Typed { ty, expr: Expr::Slice { of, start, stop, step } })
            }
            Ast::Flatten { node, .. } => {
                let inner = self.resolve(node, base)?;
                let item = self.item(&inner.ty)?;
                let item = self.item(&item).unwrap_or(item);
                Ok(Typed { ty: Type::List(Box::new(item)), expr: Expr::Flatten(boxed(inner)) })
            }
            Ast::ObjectValues { node, .. } => {
                let inner = self.resolve(node, base)?;
                let ty = Type::List(Box::new(self.map_value(&inner.ty)?));
                Ok(Typed { ty, expr: Expr::Values(boxed(inner)) })
            }
            Ast::Projection { lhs, rhs, .. } => self.projection(lhs, rhs, base),
            Ast::Literal { value, .. } => {
                let value = serde_json::to_value(value.as_ref()).unwrap_or(Value::Null);
                Ok(Typed { ty: Type::Any, expr: Expr::Literal(value) })
            }
            _ => self.compound(ast, base),
        }
    }

    /// An expression that has parts of its own, each applied to the same value.
    fn compound(&self, ast: &Ast, base: Typed<'a>) -> Result<Typed<'a>, Error> {
        let current = Typed { expr: Expr::Current, ty: base.ty.clone() };
        let part = |ast: &Ast| self.resolve(ast, current.clone());
        let pair = |lhs: &Ast, rhs: &Ast| Ok::<_, Error>((Box::new(part(lhs)?.expr), Box::new(part(rhs)?.expr)));
        let (expr, ty) = match ast {
            Ast::Comparison { comparator, lhs, rhs, .. } => {
                let (left, right) = pair(lhs, rhs)?;
                (Expr::Compare { by: comparison(comparator), left, right }, Type::Scalar)
            }
            Ast::And { lhs, rhs, .. } => pair(lhs, rhs).map(|(left, right)| (Expr::And(left, right), Type::Any))?,
            Ast::Or { lhs, rhs, .. } => pair(lhs, rhs).map(|(left, right)| (Expr::Or(left, right), Type::Any))?,
            Ast::Not { node, .. } => (Expr::Not(Box::new(part(node)?.expr)), Type::Scalar),
            Ast::MultiList { elements, .. } => {
                let parts = elements.iter().map(part).collect::<Result<Vec<_>, _>>()?;
                let first = parts.first().map_or(Type::Any, |part| part.ty.clone());
                let same = parts.iter().all(|part| part.ty == first);
                let item = if same { first } else { Type::Any };
                (Expr::List(parts.into_iter().map(|part| part.expr).collect()), Type::List(Box::new(item)))
            }
            Ast::MultiHash { elements, .. } => {
                let entries =
                    elements.iter().map(|entry| Ok::<_, Error>((entry.key.clone(), part(&entry.value)?.expr)));
                (Expr::Map(entries.collect::<Result<_, _>>()?), Type::Any)
            }
            Ast::Function { name, args, .. } => {
                if FUNCTIONS.binary_search(&name.as_str()).is_err() {
                    return Err(self.error(format!("calls `{name}`, which is not among the supported functions")));
                }
                let args = args.iter().map(|arg| Ok::<_, Error>(part(arg)?.expr)).collect::<Result<_, _>>()?;
                let ty = match name.as_str() {
                    "keys" => Type::List(Box::new(Type::Scalar)),
                    "length" | "contains" | "starts_with" | "ends_with" | "type" | "to_string" | "join" => Type::Scalar,
                    _ => Type::Any,
                };
                (Expr::Call { name: name.clone(), args }, ty)
            }
            _ => return Err(self.error("uses `&`, an expression as a value, which is not supported".into())),
        };
        Ok(match base.expr {
            Expr::Current => Typed { expr, ty },
            of => Typed { expr: Expr::Pipe(Box::new(of), Box::new(expr)), ty },
        })
    }

    /// `[]`, `[*]`, `[?…]` and `.*`, with what follows them.
    fn projection(&self, lhs: &Ast, rhs: &Ast, base: Typed<'a>) -> Result<Typed<'a>, Error> {
        let list = self.resolve(lhs, base)?;
        let item = Typed { expr: Expr::Current, ty: self.item(&list.ty)? };
        let of = Box::new(list.expr);
        if let Ast::Condition { predicate, then, .. } = rhs {
            let condition = Box::new(self.resolve(predicate, item.clone())?.expr);
            let each = self.resolve(then, item)?;
            let ty = Type::List(Box::new(each.ty));
            return Ok(Typed { ty, expr: Expr::Filter { of, condition, each: Box::new(each.expr) } });
        }
        let each = self.resolve(rhs, item)?;
        Ok(Typed { ty: Type::List(Box::new(each.ty)), expr: Expr::Project { of, each: Box::new(each.expr) } })
    }

    fn field(&self, base: Typed<'a>, name: &str) -> Result<Typed<'a>, Error> {
        let (ty, index) = match &base.ty {
            Type::Any => (Type::Any, None),
            Type::Call(input, _) if name == "input" => ((**input).clone(), Some(0)),
            Type::Call(_, output) if name == "output" => ((**output).clone(), Some(1)),
            Type::Call(..) => return Err(self.error(format!("begins with `{name}` instead of `input` or `output`"))),
            Type::List(_) => return Err(self.error(format!("looks for `{name}` in a list; go through it with `[]`"))),
            Type::Scalar => return Err(self.error(format!("looks for `{name}` in a simple value"))),
            Type::Shape(id) => self.member(id, name)?,
        };
        Ok(Typed { ty, expr: Expr::Field { of: Box::new(base.expr), name: name.into(), index } })
    }

    fn member(&self, id: &'a str, name: &str) -> Result<(Type<'a>, Option<usize>), Error> {
        let Node::Shape(id, shape) = self.graph.get(self.what, id)? else {
            return match id {
                "smithy.api#Document" => Ok((Type::Any, None)),
                _ => Err(self.error(format!("looks for `{name}` in `{id}`, which has no members"))),
            };
        };
        match shape.kind {
            Kind::Structure | Kind::Union => {
                let index = shape.members.0.iter().position(|(known, _)| known == name);
                let index = index.ok_or_else(|| self.error(format!("names `{name}`, which `{id}` does not have")))?;
                Ok((Type::Shape(&shape.members.0[index].1.target), Some(index)))
            }
            Kind::Map => {
                let value = shape.value.as_ref().map_or(Type::Any, |value| Type::Shape(&value.target));
                Ok((value, None))
            }
            Kind::Document => Ok((Type::Any, None)),
            kind => Err(self.error(format!("looks for `{name}` in `{id}`, which is {}", kind.describe()))),
        }
    }

    /// What a list holds.
    fn item(&self, ty: &Type<'a>) -> Result<Type<'a>, Error> {
        match ty {
            Type::Any => Ok(Type::Any),
            Type::List(item) => Ok((**item).clone()),
            Type::Shape(id) => match self.graph.get(self.what, id)? {
                Node::Shape(_, shape) if shape.kind == Kind::List => {
                    Ok(shape.member.as_ref().map_or(Type::Any, |member| Type::Shape(&member.target)))
                }
                _ => Err(self.error(format!("goes through `{id}` as a list, which it is not"))),
            },
            Type::Scalar | Type::Call(..) => Err(self.error("goes through something as a list that is none".into())),
        }
    }

    /// What a map holds; the members of a structure may differ.
    fn map_value(&self, ty: &Type<'a>) -> Result<Type<'a>, Error> {
        match ty {
            Type::Shape(id) => match self.graph.get(self.what, id)? {
                Node::Shape(_, shape) if shape.kind == Kind::Map => {
                    Ok(shape.value.as_ref().map_or(Type::Any, |value| Type::Shape(&value.target)))
                }
                Node::Shape(_, shape) if shape.kind == Kind::Structure => Ok(Type::Any),
                _ => Err(self.error(format!("takes the values of `{id}`, which is neither map nor structure"))),
            },
            Type::Any => Ok(Type::Any),
            _ => Err(self.error("takes the values of something that is neither map nor structure".into())),
        }
    }
}

fn comparison(comparator: &Comparator) -> Comparison {
    match comparator {
        Comparator::Equal => Comparison::Equal,
        Comparator::NotEqual => Comparison::NotEqual,
        Comparator::LessThan => Comparison::Less,
        Comparator::LessThanEqual => Comparison::LessEqual,
        Comparator::GreaterThan => Comparison::Greater,
        Comparator::GreaterThanEqual => Comparison::GreaterEqual,
    }
}
