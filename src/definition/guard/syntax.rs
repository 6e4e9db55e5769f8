//! The grammar of guards: from a string to a tree of comparisons with their places.
//!
//! Nothing is resolved here; whether a fact is declared, and whether a constant
//! fits it, is decided when the tree is lowered.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use winnow::ascii::multispace0;
use winnow::combinator::{alt, delimited};
use winnow::stream::Location as _;
use winnow::token::take_while;
use winnow::{LocatingSlice, Parser as _};

use super::{MAX_BYTES, MAX_CONDITIONS, MAX_DEPTH, Orders};
use crate::diagnostic::Diagnostic;
use crate::read::{clip, foreign};
use crate::source::Span;

/// What a guard says, joined by `and` and `or`.
#[derive(Clone, Debug)]
pub(super) enum Tree<C> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    One(C),
}

/// One comparison as it was written.
#[derive(Debug)]
pub(super) struct Asked<'t> {
    pub(super) fact: Word<'t>,
    pub(super) what: What<'t>,
}

#[derive(Debug)]
pub(super) enum What<'t> {
    Holds,
    Known,
    Compare(Orders, Word<'t>),
    Among(Vec<Word<'t>>),
}

/// A word of the text and its place in it.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) range: Range<usize>,
}

/// How to mend a guard that is too much to read, for people as well.
pub(super) const LESS: &str = "declare a fact that says as much";

/// Why a text is not a guard.
#[derive(Debug)]
pub(super) struct Fault {
    code: &'static str,
    range: Range<usize>,
    message: String,
    help: Option<String>,
}

impl Fault {
    fn new(code: &'static str, range: Range<usize>, message: String) -> Self {
        Self { code, range, message, help: None }
    }

    fn too_much(code: &'static str, range: Range<usize>, message: String) -> Self {
        Self { help: Some(LESS.into()), ..Self::new(code, range, message) }
    }

    /// Places the fault inside the string of some length that stands at `span`.
    pub(super) fn at(self, span: Span, length: usize) -> Diagnostic {
        let diagnostic =
            Diagnostic::error(self.code, span.within(length, self.range), self.message);
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Token {
    Word,
    Open,
    Close,
    ListOpen,
    ListClose,
    Comma,
    Compare(Orders),
}

/// Parses a guard.
pub(super) fn parse(text: &str) -> Result<Tree<Asked<'_>>, Fault> {
    if text.len() > MAX_BYTES {
        let message = format!("the guard has {} bytes; at most {MAX_BYTES} are read", text.len());
        return Err(Fault::too_much("guard-too-long", 0..text.len(), message));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens: &tokens, conditions: 0 };
    let tree = parser.either(0)?;
    match parser.tokens.first() {
        None => Ok(tree),
        Some(_) => Err(parser.expected("`and`, `or` or the end")),
    }
}

fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Fault> {
    let mut input = LocatingSlice::new(text);
    let mut tokens = Vec::new();
    while let Ok(token) = token(&mut input) {
        tokens.push(token);
    }
    let at = input.current_token_start();
    let rest = text.get(at..).unwrap_or_default().trim_start();
    let Some(strange) = rest.chars().next() else {
        return Ok(tokens);
    };
    let at = text.len() - rest.len();
    let message = format!("`{}` has no meaning in a guard", clip(strange.encode_utf8(&mut [0; 4])));
    let help = match strange {
        '=' => Some("equality is written `==`".into()),
        '!' => Some("negation is written `not`".into()),
        '&' => Some("write `and`".into()),
        '|' => Some("write `or`".into()),
        '\'' | '"' => Some("words and dates stand without quotes".into()),
        it => (!it.is_ascii()).then(|| foreign(it)),
    };
    Err(Fault { help, ..Fault::new("bad-guard", at..at + strange.len_utf8(), message) })
}

fn token(input: &mut LocatingSlice<&str>) -> winnow::Result<(Token, Range<usize>)> {
    let word = take_while(1.., |it: char| it.is_ascii_alphanumeric() || "-/._".contains(it));
    let compare = alt((
        "==".value(Orders(2)),
        "!=".value(Orders(5)),
        "<=".value(Orders(3)),
        ">=".value(Orders(6)),
        "<".value(Orders(1)),
        ">".value(Orders(4)),
    ));
    let kind = alt((
        word.value(Token::Word),
        "(".value(Token::Open),
        ")".value(Token::Close),
        "[".value(Token::ListOpen),
        "]".value(Token::ListClose),
        ",".value(Token::Comma),
        compare.map(Token::Compare),
    ));
    delimited(multispace0, kind.with_span(), multispace0).parse_next(input)
}

struct Parser<'t, 'k> {
    text: &'t str,
    tokens: &'k [(Token, Range<usize>)],
    conditions: usize,
}

impl<'t> Parser<'t, '_> {
    fn either(&mut self, depth: usize) -> Result<Tree<Asked<'t>>, Fault> {
        let first = self.both(depth)?;
        let mut parts = Vec::from([first]);
        while self.eat_word("or") {
            parts.push(self.both(depth)?);
        }
        Ok(joined(parts, Tree::Any))
    }

    fn both(&mut self, depth: usize) -> Result<Tree<Asked<'t>>, Fault> {
        let first = self.unit(depth)?;
        let mut parts = Vec::from([first]);
        while self.eat_word("and") {
            parts.push(self.unit(depth)?);
        }
        Ok(joined(parts, Tree::All))
    }

    fn unit(&mut self, depth: usize) -> Result<Tree<Asked<'t>>, Fault> {
        let mut negated = false;
        while self.eat_word("not") {
            negated = !negated;
        }
        let unit = if self.peek() == Some(Token::Open) {
            self.brackets(depth + 1)?
        } else {
            Tree::One(self.condition()?)
        };
        Ok(if negated { Tree::Not(Box::new(unit)) } else { unit })
    }

    fn brackets(&mut self, depth: usize) -> Result<Tree<Asked<'t>>, Fault> {
        if depth > MAX_DEPTH {
            let message = format!("brackets stand more than {MAX_DEPTH} deep");
            return Err(Fault::too_much("guard-too-deep", self.range(), message));
        }
        self.next();
        let inside = self.either(depth)?;
        self.expect(Token::Close, "`and`, `or` or `)`")?;
        Ok(inside)
    }

    fn condition(&mut self) -> Result<Asked<'t>, Fault> {
        self.conditions += 1;
        if self.conditions > MAX_CONDITIONS {
            let message = format!("the guard has more than {MAX_CONDITIONS} comparisons");
            return Err(Fault::too_much("guard-too-wide", self.range(), message));
        }
        let fact = self.fact()?;
        if fact.text == "known" && self.peek() == Some(Token::Open) {
            self.next();
            let fact = self.fact()?;
            self.expect(Token::Close, "`)`")?;
            return Ok(Asked { fact, what: What::Known });
        }
        let what = match self.peek() {
            Some(Token::Compare(orders)) => {
                self.next();
                What::Compare(orders, self.word("a value")?)
            }
            _ if self.eat_word("in") => What::Among(self.list()?),
            _ => What::Holds,
        };
        Ok(Asked { fact, what })
    }

    fn list(&mut self) -> Result<Vec<Word<'t>>, Fault> {
        self.expect(Token::ListOpen, "`[`")?;
        let first = self.word("a value")?;
        let mut words = Vec::from([first]);
        while self.peek() == Some(Token::Comma) {
            self.next();
            words.push(self.word("a value")?);
        }
        self.expect(Token::ListClose, "`,` or `]`")?;
        Ok(words)
    }

    fn fact(&mut self) -> Result<Word<'t>, Fault> {
        let reserved = ["and", "or", "in", "true", "false"];
        match self.peek_word() {
            Some(word) if reserved.contains(&word) => Err(self.expected("a fact")),
            _ => self.word("a fact"),
        }
    }

    fn word(&mut self, wanted: &str) -> Result<Word<'t>, Fault> {
        let Some(text) = self.peek_word() else {
            return Err(self.expected(wanted));
        };
        let range = self.range();
        self.next();
        Ok(Word { text, range })
    }

    fn eat_word(&mut self, wanted: &str) -> bool {
        let here = self.peek_word() == Some(wanted);
        if here {
            self.next();
        }
        here
    }

    fn expect(&mut self, token: Token, wanted: &str) -> Result<(), Fault> {
        if self.peek() != Some(token) {
            return Err(self.expected(wanted));
        }
        self.next();
        Ok(())
    }

    fn expected(&self, wanted: &str) -> Fault {
        let range = self.range();
        let message = match self.text.get(range.clone()) {
            Some(word) if !word.is_empty() => format!("expected {wanted}, found `{}`", clip(word)),
            _ => format!("expected {wanted}, found the end"),
        };
        Fault::new("bad-guard", range, message)
    }

    fn next(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    fn peek(&self) -> Option<Token> {
        self.tokens.first().map(|(token, _)| *token)
    }

    fn peek_word(&self) -> Option<&'t str> {
        let (token, range) = self.tokens.first()?;
        if *token == Token::Word { self.text.get(range.clone()) } else { None }
    }

    fn range(&self) -> Range<usize> {
        let end = self.text.len();
        self.tokens.first().map_or(end..end, |(_, range)| range.clone())
    }
}

/// Joins parts, without a node around a single one.
pub(super) fn joined<C>(mut parts: Vec<Tree<C>>, join: fn(Vec<Tree<C>>) -> Tree<C>) -> Tree<C> {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}
