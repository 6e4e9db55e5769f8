//! Kinds of things that have a name, and what is said where nothing bears it.

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::source::At;

/// A kind of thing with a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// The code of the diagnostic where nothing bears a name.
    pub(crate) code: &'static str,
    pub(crate) what: &'static str,
    /// The table under which a text declares it.
    pub(crate) table: &'static str,
}

macro_rules! kinds {
    ($($name:ident: $code:literal, $what:literal;)+) => {
        $(pub(crate) const $name: Kind = Kind { code: $code, what: $what, table: $what };)+
    };
}
kinds! {
    CALENDAR: "undeclared-calendar", "calendar";
    LAW: "undeclared-law", "law";
    ROLE: "undeclared-role", "role";
    DATABASE: "undeclared-database", "database";
    RESULT: "undeclared-result", "result";
    TERM: "undeclared-term", "term";
    STATE: "undeclared-state", "state";
    TRANSITION: "undeclared-transition", "transition";
    FACT: "undeclared-fact", "fact";
    FEE: "undeclared-fee", "fee";
}

impl Kind {
    /// Says that this text declares nothing of that name, and what may be meant.
    pub(crate) fn undeclared(
        self,
        name: At<Id>,
        known: impl IntoIterator<Item = Id>,
    ) -> Diagnostic {
        let message = format!("{} `{}` is not declared", self.what, name.value);
        self.diagnostic(name, message, known)
            .or_help(|| format!("declare it under `[{}.{}]`", self.table, name.value))
    }

    /// Says that a procedure declares nothing of that name, and what may be meant.
    #[cfg(feature = "simulate")]
    pub(crate) fn undeclared_by(
        self,
        procedure: Id,
        name: At<Id>,
        known: impl IntoIterator<Item = Id>,
    ) -> Diagnostic {
        let message = format!("{} `{}` is not declared by `{procedure}`", self.what, name.value);
        self.diagnostic(name, message, known)
    }

    /// Says that no procedure of a scenario declares anything of that name, and what may be meant.
    #[cfg(feature = "simulate")]
    pub(crate) fn undeclared_by_any(
        self,
        name: At<Id>,
        known: impl IntoIterator<Item = Id>,
    ) -> Diagnostic {
        let message =
            format!("{} `{}` is declared by the procedure of no case", self.what, name.value);
        self.diagnostic(name, message, known)
    }

    /// Says that no text bears that name, and what may be meant.
    pub(crate) fn not_among(self, name: At<Id>, known: impl IntoIterator<Item = Id>) -> Diagnostic {
        let message = format!("{} `{}` is not among the texts", self.what, name.value);
        self.diagnostic(name, message, known)
            .or_help(|| "load its text together with this one".into())
    }

    fn diagnostic(
        self,
        name: At<Id>,
        message: alloc::string::String,
        known: impl IntoIterator<Item = Id>,
    ) -> Diagnostic {
        let known: Vec<Id> = known.into_iter().collect();
        Diagnostic::error(self.code, name.span, message)
            .nearest(name.value.as_str(), known.iter().map(Id::as_str))
    }
}
