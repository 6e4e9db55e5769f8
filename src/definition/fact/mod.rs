//! Facts of a case: what a procedure or a tariff may ask about, and the values that answer.
//!
//! A fact has a closed domain, so that gaps and overlaps between guards can be
//! found exactly. There is no text fact, no fraction and no list.

mod draft;
mod value;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::id::Id;
use crate::source::{At, Span};
use crate::text::{Text, nearest};

pub(crate) use draft::FactDraft;
pub use draft::FactType;
pub use value::{Domain, Value};

/// The place of a fact in its [`Facts`].
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct FactIdx(pub(crate) u16);

impl FactIdx {
    /// Makes a place; there are far fewer facts than `u16` counts.
    pub(crate) fn new(index: usize) -> Self {
        Self(u16::try_from(index).unwrap_or(u16::MAX))
    }

    /// Returns the place, counted from zero.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.into()
    }
}

/// A declared fact (tình tiết của hồ sơ).
#[derive(Clone, Debug)]
pub struct Fact {
    id: Id,
    name: Option<Text>,
    domain: Domain,
    by: Option<At<Id>>,
    span: Span,
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        (self.id, &self.name, &self.domain, &self.by)
            == (other.id, &other.name, &other.domain, &other.by)
    }
}

impl Eq for Fact {}

impl Fact {
    /// Returns the name by which guards call it.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns the values that it may have.
    #[must_use]
    pub const fn domain(&self) -> &Domain {
        &self.domain
    }

    /// Returns the role who establishes it, or `applicant`.
    #[must_use]
    pub fn by(&self) -> Option<Id> {
        self.by.map(|it| it.value)
    }

    pub(crate) const fn by_at(&self) -> Option<At<Id>> {
        self.by
    }

    /// Returns where it is declared.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Returns the fact with another domain.
    pub(crate) fn within(&self, domain: Domain) -> Self {
        Self { domain, ..self.clone() }
    }
}

/// The declared facts of a procedure or a tariff, in the order of declaration.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    list: Vec<Fact>,
    // INVARIANT: the hash words of `list`, in its order.
    words: Vec<u64>,
    // Names whose declaration was broken; that was reported once.
    broken: Vec<Id>,
}

impl Facts {
    /// Lowers declarations; what they lack or contradict is reported.
    pub(crate) fn lower<'d>(
        drafts: impl IntoIterator<Item = (At<Id>, Option<&'d FactDraft>)>,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut facts = Self::default();
        for (id, draft) in drafts {
            match draft.and_then(|it| draft::lower(id, it, found)) {
                Some(fact) if facts.list.len() < usize::from(u16::MAX) => {
                    facts.words.push(id.value.hash_word());
                    facts.list.push(fact);
                }
                _ => facts.broken.push(id.value),
            }
        }
        facts
    }

    /// Lists facts that were declared elsewhere.
    pub(crate) fn of(list: Vec<Fact>) -> Self {
        let words = list.iter().map(|it| it.id.hash_word()).collect();
        Self { list, words, broken: Vec::new() }
    }

    /// Returns the place of a fact, if it is declared.
    #[must_use]
    pub fn position(&self, id: &Id) -> Option<FactIdx> {
        let word = id.hash_word();
        let mut places = self.words.iter().zip(&self.list).zip(0_u16..);
        let (_, place) = places.find(|((it, fact), _)| **it == word && fact.id == *id)?;
        Some(FactIdx(place))
    }

    /// Returns the fact at a place.
    #[must_use]
    pub fn fact(&self, place: FactIdx) -> Option<&Fact> {
        self.list.get(place.index())
    }

    /// Returns every fact with its place.
    pub fn iter(&self) -> impl Iterator<Item = (FactIdx, &Fact)> {
        (0..=u16::MAX).map(FactIdx).zip(&self.list)
    }

    /// Returns how many facts are declared.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns true when no fact is declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Checks a value against the fact for which it is given.
    ///
    /// # Errors
    ///
    /// When the fact is not declared, or the value is of another type or
    /// outside the declared range or words.
    pub fn check(&self, id: &Id, value: Value) -> Result<FactIdx, Error> {
        let (place, fact) = self.named(id.as_str(), Some(id))?;
        if fact.domain.admits(value) {
            return Ok(place);
        }
        Err(Error::ill_typed(fact.id, &value.to_string(), &fact.domain.expected()))
    }

    /// Reads an answer such as `floors=7` or `area=ward`.
    ///
    /// # Errors
    ///
    /// When it is not of the form `name=value`, the fact is not declared, or
    /// the value is not one of its domain.
    pub fn parse(&self, answer: &str) -> Result<(FactIdx, Value), Error> {
        let (name, text) = answer
            .split_once('=')
            .ok_or_else(|| Error::value(answer, "an answer of the form `fact=value`"))?;
        let (place, fact) = self.named(name, Id::try_new(name).as_ref())?;
        let value = fact.domain.parse(text);
        let value =
            value.ok_or_else(|| Error::ill_typed(fact.id, text, &fact.domain.expected()))?;
        Ok((place, value))
    }

    fn named(&self, name: &str, id: Option<&Id>) -> Result<(FactIdx, &Fact), Error> {
        let place = id.and_then(|it| self.position(it));
        place.and_then(|it| Some((it, self.fact(it)?))).ok_or_else(|| {
            let known = match self.nearest(name) {
                Some(near) => format!("the nearest declared one is `{near}`"),
                None => format!("{} others are", self.len()),
            };
            Error::undeclared(name, &known)
        })
    }

    /// Returns the same facts with fewer words for one choice; all of them where none would be left.
    pub(crate) fn narrowed(&self, id: &Id, keep: impl Fn(&Id) -> bool) -> Self {
        let mut narrowed = self.clone();
        for fact in narrowed.list.iter_mut().filter(|it| it.id == *id) {
            if let Domain::Choice(words) = &mut fact.domain {
                let kept: Box<[Id]> = words.iter().copied().filter(|it| keep(it)).collect();
                if !kept.is_empty() {
                    *words = kept;
                }
            }
        }
        narrowed
    }

    /// Returns the declared name that was most likely meant.
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.list.iter().map(|it| it.id.as_str()))
    }

    /// Returns true when a declaration of this name was broken, which was reported.
    pub(crate) fn is_broken(&self, id: &Id) -> bool {
        self.broken.contains(id)
    }
}

#[cfg(test)]
pub(crate) mod tests;
